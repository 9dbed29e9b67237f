"""OpenStack Swift with its S3 interface as one process: `swift_server.py FOLDER PORT`.

Runs on Debian's Python, because of its package python3-swift. The folder is the only disk.
"""

import sys
from pathlib import Path

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi  # noqa: E402
from swift.common import utils  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

HASHES = "[swift-hash]\nswift_hash_path_suffix = tests\nswift_hash_path_prefix = tests\n"
COMMON = """[DEFAULT]
swift_dir = {folder}
devices = {folder}
mount_check = false
log_address = {folder}/no-log
"""
PART = """[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""
PROXY = """[pipeline:main]
pipeline = catch_errors cache listing_formats s3api tempauth proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
[filter:tempauth]
use = egg:swift#tempauth
user_test_lotse = only-for-tests .admin
user_test_guest = only-for-tests
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""


def main(folder: Path, port: int) -> None:
    (folder / "disk").mkdir(exist_ok=True)
    (folder / "swift.conf").write_text(HASHES)
    utils.set_swift_dir(str(folder))
    utils.validate_configuration()
    threads = eventlet.GreenPool()
    for kind in ("account", "container", "object"):
        listening = eventlet.listen(("127.0.0.1", 0))
        _put_on_ring(folder, kind, listening.getsockname()[1])
        _serve(threads, folder, kind, listening)
    _serve(threads, folder, "proxy", eventlet.listen(("127.0.0.1", port)))
    threads.waitall()


def _put_on_ring(folder: Path, kind: str, port: int) -> None:
    ring = RingBuilder(part_power=0, replicas=1, min_part_hours=0)
    place = {"id": 0, "region": 1, "zone": 1, "weight": 1, "device": "disk"}
    ring.add_dev({**place, "ip": "127.0.0.1", "port": port})
    ring.rebalance()
    ring.get_ring().save(str(folder / f"{kind}.ring.gz"))


def _serve(threads: eventlet.GreenPool, folder: Path, kind: str, listening: object) -> None:
    file = folder / f"{kind}.conf"
    pipeline = PROXY if kind == "proxy" else PART.format(kind=kind)
    file.write_text(COMMON.format(folder=folder) + pipeline)
    threads.spawn(wsgi.server, listening, loadapp(str(file)), log_output=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
