"""A certificate by ACME on a machine, from Pebble, the test server of Let's Encrypt, which Debian packages."""

from bench.debian.documented import Reader
from bench.debian.machine import Machine

NAME = "tend.example.org"
SETTINGS = "/etc/tend/tend.env"
PEBBLE = """
mkdir /root/pebble && cd /root/pebble
openssl req -x509 -newkey rsa:2048 -nodes -days 5 -subj /CN=pebble-ca -keyout ca.key -out ca.crt
openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out csr.pem
openssl x509 -req -in csr.pem -CA ca.crt -CAkey ca.key -CAcreateserial -days 5 -out cert.pem \
    -extfile <(echo subjectAltName=DNS:localhost)
cp ca.crt /usr/local/share/ca-certificates/pebble.crt && update-ca-certificates
cat > config.json <<CONFIG
{"pebble": {"listenAddress": "127.0.0.1:14000", "managementListenAddress": "127.0.0.1:15000",
    "certificate": "/root/pebble/cert.pem", "privateKey": "/root/pebble/key.pem", "httpPort": 80, "tlsPort": 443}}
CONFIG
mkdir -p /root/.config/letsencrypt # the other place is a file of Debian's package
echo server = https://localhost:14000/dir > /root/.config/letsencrypt/cli.ini
# By itself it dawdles, and refuses five in a hundred requests, to see what clients do.
systemd-run --unit=pebble --setenv=PEBBLE_VA_NOSLEEP=1 --setenv=PEBBLE_WFE_NONCEREJECT=0 \
    pebble -config /root/pebble/config.json
sleep 2
"""
# Prints the certificate that nginx serves, once that is the one in its file: it reloads in the background.
SERVED = f"""
for _ in $(seq 50); do
    served=$(openssl s_client -connect 127.0.0.1:443 -servername {NAME} </dev/null 2>/dev/null | openssl x509)
    [ "$served" != "$(openssl x509 -in /etc/tend/tls/fullchain.pem)" ] || break
    sleep 0.2
done
openssl x509 -noout -issuer -serial <<<"$served" | paste -sd' '
"""


def start(machine: Machine) -> None:
    """Run Pebble there in the place of Let's Encrypt, and let the name of the page's example lead to the machine."""
    machine.run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", "pebble")
    machine.run("bash", "-ec", PEBBLE)
    machine.run("bash", "-c", f"echo 127.0.0.1 {NAME} >>/etc/hosts")
    machine.run("sed", "-i", f"s/^ALLOWED_HOSTS=.*/&,{NAME}/", SETTINGS)
    machine.run("systemctl", "restart", "tend-web@*.service", "tend-worker")


def get_and_renew(machine: Machine, reader: Reader) -> list[str]:
    """Get a certificate by the page's command, then renew it. Return issuer and serial of what was served each time."""
    reader.give(machine, "deploy/install ")
    served = [machine.run("bash", "-c", SERVED).strip()]
    machine.run("certbot", "renew", "--quiet", "--force-renewal", "--no-random-sleep-on-renew")
    served.append(machine.run("bash", "-c", SERVED).strip())
    return served
