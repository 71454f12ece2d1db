# Sourced by the scripts one directory up: where everything is on a server, and what several of them do.
# shellcheck shell=bash
set -euo pipefail

SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P) # the version that the script belongs to
BASE=/opt/tend                                               # versions, each with a virtual environment of its own
RELEASES=$BASE/releases
NGINX_READ=$BASE/nginx-read # a digest of the configuration that nginx has read
SETTINGS=/etc/tend/tend.env
TLS=/etc/tend/tls
DATA=/var/lib/tend
export BACKUPS=/var/backups/tend
PAGES=/var/www/tend # challenges of certificates, and the page for while the site is away
UNITS=/etc/systemd/system
KEPT_RELEASES=3
TRIES=120 # half seconds for a new version to answer
CONNECTIONS=16384 # of each process of nginx: with Debian's 768, a thousand slow clients shut out everybody else
OPEN_FILES=32768  # of it: a connection to the site, too, for each

fail() {
    echo "$*" >&2
    exit 1
}

say() { echo "— $*" >&2; }

# Exit unless this is root, and let only one of these scripts change the server at a time.
begin() {
    [ "$(id -u)" = 0 ] || fail "This changes the system: run it as root."
    [ -d /run/systemd/system ] || fail "systemd does not run here."
    exec 9>/run/lock/tend-deploy
    flock --nonblock 9 || fail "Another of these scripts is at work; wait for it."
}

need_installed() { [ -e "$BASE/current" ] || fail "Nothing is installed here: run deploy/install first."; }

# The name of the version that the link $1 (current, previous) leads to; nothing without one.
version() { [ ! -e "$BASE/$1" ] || basename "$(readlink -f "$BASE/$1")"; }

# Set the variables of the site's settings, whose values never show in a list of processes.
load_settings() {
    local line
    while IFS= read -r line; do
        [[ ! $line =~ ^[A-Z][A-Z0-9_]*= ]] || export "${line?}"
    done <"$SETTINGS"
    export HOME=$DATA
}

# Run a command as the site's user with its settings, in the version $1.
as_site() (
    load_settings
    cd "$RELEASES/$1"
    shift
    umask 077
    exec runuser -u tend -- "$@" 9>&-
)

# Copy SOURCE under its own name beside the other versions, with what it depends on; set RELEASE to that name.
add_release() {
    local digest directory
    digest=$(pack | sha256sum | cut -c1-10)
    RELEASE=$(find "$RELEASES" -mindepth 1 -maxdepth 1 -name "*-$digest" -printf '%f\n' | head -n1)
    RELEASE=${RELEASE:-$(date -u +%Y%m%d%H%M)-$digest}
    directory=$RELEASES/$RELEASE
    [ ! -e "$directory/.complete" ] || return 0
    say "Copying this version to $directory"
    rm -rf "$directory"
    mkdir "$directory"
    pack | tar --extract --directory="$directory" --no-same-owner
    ln -s "/run/tend/$RELEASE.sock" "$directory/web.sock"
    (cd "$directory" && python3 script/lib/environment.py requirements-production.txt)
    # The services cannot write here, so all is compiled now.
    "$directory/.venv/bin/python" -m compileall -q "$directory" || say "Some files of libraries do not compile."
    touch "$directory/.complete"
}

# Write SOURCE as a tar, the same for the same files.
pack() {
    tar --create --directory="$SOURCE" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
        --mode=u=rwX,go=rX --exclude-vcs --exclude=./.venv --exclude=./.data --exclude=./.complete \
        --exclude=./web.sock --exclude=__pycache__ --exclude='.*_cache' --exclude=./node_modules .
}

# Install units and the web server's configuration as the version $1 has them. Each step counts, also behind "||".
install_units() {
    local deploy=$RELEASES/$1/deploy sites=/etc/nginx/sites-available
    install -m 644 -t "$UNITS" "$deploy"/units/*.service "$deploy"/units/*.socket "$deploy"/units/*.timer &&
        install -D -m 644 -t "$UNITS/tend-.service.d" "$deploy"/units/tend-.service.d/*.conf &&
        install -D -m 644 "$deploy/units/journald.conf" /etc/systemd/journald.conf.d/tend.conf &&
        as_site "$1" .venv/bin/python -m deploy.lib.nginx page >"$PAGES/unavailable.html" &&
        as_site "$1" .venv/bin/python -m deploy.lib.nginx configuration "$TLS" "$BASE/current/web.sock" "$PAGES" \
            >"$sites/tend.new" &&
        mv "$sites/tend.new" "$sites/tend" &&
        ln -sfn ../sites-available/tend /etc/nginx/sites-enabled/tend &&
        raise_connections &&
        systemctl daemon-reload &&
        reload_nginx
}

# Let nginx read its configuration, unless it has read that very one: a reload closes connections that browsers keep
# open, and a request may just be on its way on one of them.
reload_nginx() {
    local configuration
    configuration=$(cat /etc/nginx/nginx.conf /etc/nginx/sites-enabled/* | sha256sum)
    if systemctl is-active --quiet nginx && [ "$(cat "$NGINX_READ" 2>/dev/null)" = "$configuration" ]; then return 0; fi
    nginx -q -t && systemctl reload-or-restart nginx && echo "$configuration" >"$NGINX_READ"
}

# Let nginx hold as many connections as slow clients may open, unless its configuration says a number of its own.
raise_connections() {
    sed -i "s/worker_connections 768;/worker_connections $CONNECTIONS;/" /etc/nginx/nginx.conf
    grep -q worker_rlimit_nofile /etc/nginx/nginx.conf || sed -i "1i worker_rlimit_nofile $OPEN_FILES;" /etc/nginx/nginx.conf
}

# Bring database and static files to the version $1. Migrations leave the version before it working; one that waits for
# a lock gives up, or visitors would queue behind it.
prepare() {
    as_site "$1" .venv/bin/python manage.py check --deploy --fail-level ERROR >&2 &&
        as_site "$1" env PGOPTIONS="-c lock_timeout=5s" .venv/bin/python -m script.lib.prepare
}

start_web() {
    systemctl enable --quiet "tend-web@$1.socket" "tend-web@$1.service" &&
        systemctl start "tend-web@$1.socket" "tend-web@$1.service"
}

stop_web() {
    systemctl disable --quiet "tend-web@$1.socket" "tend-web@$1.service"
    systemctl stop "tend-web@$1.socket" "tend-web@$1.service"
}

# Ask the version $1 for the page $2 on its own socket, past the web server.
page() {
    local host=${ALLOWED_HOSTS:-$(sed -n 's/^ALLOWED_HOSTS=//p' "$SETTINGS")}
    curl --silent --fail --max-time 10 --output "${3:-/dev/null}" --unix-socket "/run/tend/$1.sock" \
        --header "Host: ${host%%,*}" --header "X-Forwarded-Proto: https" --header "X-Forwarded-For: 127.0.0.1" \
        "http://site$2"
}

# Whether the version $1 serves its pages, within TRIES half seconds.
becomes_healthy() {
    local _
    for _ in $(seq "$TRIES"); do
        if systemctl is-failed --quiet "tend-web@$1.service"; then return 1; fi
        if page "$1" /healthz && page "$1" / && page "$1" /articles/ && page "$1" /accounts/login/; then return 0; fi
        sleep 0.5
    done
    return 1
}

# Whether the worker, restarted just now, still runs after some seconds.
worker_stays() {
    systemctl restart tend-worker.service
    sleep 5
    systemctl is-active --quiet tend-worker.service &&
        [ "$(systemctl show --property=NRestarts --value tend-worker.service)" = 0 ]
}

# Let the link $1 lead to the version $2, in one step.
point() {
    ln -sfn "releases/$2" "$BASE/$1.new"
    mv -T "$BASE/$1.new" "$BASE/$1"
}

# Put the version $2 in the place of $1 without refusing a request; all stays with $1 where $2 is not healthy.
exchange() {
    say "Starting $2 beside $1"
    if ! start_web "$2" || ! becomes_healthy "$2"; then
        journalctl --quiet --unit="tend-web@$2.service" --lines=20 --no-pager >&2 || true
        stop_web "$2"
        return 1
    fi
    point current "$2" # the web server follows this link with each request
    if ! worker_stays || ! becomes_healthy "$2"; then
        point current "$1"
        systemctl restart tend-worker.service
        sleep 2
        stop_web "$2"
        return 1
    fi
    sleep 2 # so that what the web server had handed to the former one has been accepted there; it finishes that
    stop_web "$1"
    point previous "$1"
}

# Make static files and units those of the version $1 again, which is serving.
settle_on() {
    as_site "$1" .venv/bin/python manage.py collectstatic --verbosity 0 --no-input && install_units "$1"
}

# Remove all versions but the newest and those in use.
remove_old_releases() {
    local name
    find "$RELEASES" -mindepth 1 -maxdepth 1 -printf '%T@ %f\n' | sort -rn | tail -n "+$((KEPT_RELEASES + 1))" |
        while read -r _ name; do
            [ "$name" = "$(version current)" ] || [ "$name" = "$(version previous)" ] || rm -rf "${RELEASES:?}/$name"
        done
}
