"""A certificate by ACME on a machine, from Pebble, the test server of Let's Encrypt, which Debian packages."""

from bench.debian.machine import Machine

NAME = "tend.test"
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
systemd-run --unit=pebble --setenv=PEBBLE_VA_NOSLEEP=1 pebble -config /root/pebble/config.json
sleep 2
"""
SERIAL = "openssl s_client -connect 127.0.0.1:443 -servername tend.test </dev/null 2>/dev/null | openssl x509 -noout -serial"


def get_and_renew(machine: Machine, install: str) -> list[str]:
    """Get a certificate by the script `install` under a second name, then renew it. Return what was served each time."""
    machine.run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", "pebble")
    machine.run("bash", "-ec", PEBBLE)
    machine.run("bash", "-c", f"echo 127.0.0.1 {NAME} >>/etc/hosts")
    machine.run("sed", "-i", f"s/^ALLOWED_HOSTS=.*/&,{NAME}/", SETTINGS)
    machine.run("systemctl", "restart", "tend-web@*.service", "tend-worker")
    trusting = ("env", "REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt")
    options = ("--domain", NAME, "--email", f"ops@{NAME}", "--acme-server", "https://localhost:14000/dir")
    machine.run(*trusting, install, *options)
    served = [machine.run("bash", "-c", SERIAL).strip()]
    machine.run(*trusting, "certbot", "renew", "--quiet", "--force-renewal", "--no-random-sleep-on-renew")
    served.append(machine.run("bash", "-c", f"sleep 1; {SERIAL}").strip())
    return served
