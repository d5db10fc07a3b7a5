"""The bounded process that decodes pictures: ``python -I -m kendedes.products.photos.worker``.

Jobs come as one JSON line each on the standard input and are answered by one line. Memory, CPU time, file size
and open files are limited before the first byte of a picture is read; the limits of CPU start anew with each job.
Knows files by path only, has no database and no settings, and ends when its parent does or after a minute of rest.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import select
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import AvifImagePlugin, Image, ImageCms, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from kendedes.products.photos import containers, rules

# Windows has no limits of this kind; the parent's timeout remains.
resource: Any = importlib.import_module("resource") if os.name == "posix" else None

MEMORY = 1200 * 1024 * 1024
CPU_SECONDS = 40
REST_SECONDS = 60
_PLUGINS = (AvifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)  # named so that nothing else is loaded
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


class No(Exception):  # noqa: N818 - an answer, not a fault
    """A refusal's code."""


def limit() -> None:
    """Bound this process for good."""
    Image.MAX_IMAGE_PIXELS = rules.MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 4 * rules.MAX_BYTES), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def renew_time() -> None:
    """Allow ``CPU_SECONDS`` more from now on."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def open_image(data: bytes, kind: str) -> Image.Image:
    """The picture with its header read and nothing decoded; refuses what is too large or moves."""
    if kind == containers.HEIC:
        containers.check_boxes(data)
        import pi_heif  # noqa: PLC0415 - only phones of one maker send these

        pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    image = Image.open(io.BytesIO(data), formats=[kind])
    check_measures(*image.size)
    if kind != containers.HEIC and getattr(image, "n_frames", 1) > 1:
        raise No("photo_moving")
    return image


def check_measures(width: int, height: int) -> None:
    """Refuse too many or too few pixels; called before anything is decoded."""
    if width * height > rules.MAX_PIXELS or max(width, height) > rules.MAX_SIDE:
        raise No("photo_too_many_pixels")
    if min(width, height) < rules.MIN_SIDE:
        raise No("photo_too_small")


def is_srgb(icc: bytes) -> bool:
    """Whether a profile is sRGB by its description, so that dropping it changes no colour."""
    if not icc:
        return True
    try:
        return "srgb" in ImageCms.getProfileDescription(io.BytesIO(icc)).lower()
    except (ImageCms.PyCMSError, OSError):
        return False


def to_srgb(image: Image.Image, icc: bytes) -> Image.Image:
    """Eight bits, three channels, sRGB; transparent parts on white."""
    if image.mode.startswith("I"):  # 16-bit grey: 65535 is white
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
        icc = b""
    if image.mode in {"P", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    if icc and image.mode in {"RGB", "CMYK", "L"} and not is_srgb(icc):
        try:
            converted = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            image = converted or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that fits another colour space: the plain conversion is the best there is
    return image if image.mode == "RGB" else image.convert("RGB")


def take(source: Path, out: Path) -> dict[str, Any]:
    """Write the master of ``source`` to ``out``: the coded data itself where nothing needs changing."""
    data = source.read_bytes()
    kind = containers.kind(data)
    if kind is None:
        raise No("photo_kind")
    if kind != containers.JPEG:
        image = open_image(data, kind)
        icc = image.info.get("icc_profile") or b""
        turn = image.getexif().get(0x0112, 1) if kind != containers.HEIC else 1  # libheif has turned it already
        image.load()
        return _write_master(image, icc, turn, out, {"subsampling": 0})
    jpeg = containers.read_jpeg(data)
    if jpeg.precision != 8 or jpeg.process > 2:
        raise No("photo_kind")
    check_measures(jpeg.width, jpeg.height)
    image = open_image(jpeg.clean, kind)
    turn = containers.orientation(jpeg.exif)
    image.load()
    is_ycc = jpeg.adobe_transform == 1 or (jpeg.adobe_transform is None and jpeg.standard_ids)
    if turn == 1 and jpeg.components == 3 and is_ycc and is_srgb(jpeg.icc):
        out.write_bytes(jpeg.clean)
        return {"width": jpeg.width, "height": jpeg.height, "same": True}
    return _write_master(image, jpeg.icc, turn, out, {"subsampling": JpegImagePlugin.get_sampling(image)})


def _write_master(image: Image.Image, icc: bytes, turn: int, out: Path, options: dict[str, Any]) -> dict[str, Any]:
    if options.get("subsampling") == -1:  # grey or CMYK: no sampling to keep
        options = {"subsampling": 0}
    upright = to_srgb(image, icc)
    del image  # a large photo need not lie in memory twice
    if turn in _TURNS:
        upright = upright.transpose(_TURNS[turn])
    upright.info = {}  # nothing of the source's description comes along
    upright.save(out, "JPEG", quality=rules.QUALITY_MASTER, optimize=True, **options)
    return {"width": upright.width, "height": upright.height, "same": False}


def sizes(master: Path, wanted: list[tuple[int, str, Path]]) -> dict[str, Any]:
    """Write renditions of ``master``: [(size, suffix, path)]. Each size is cut from the next larger one."""
    image = Image.open(master, formats=["JPEG"])
    check_measures(*image.size)
    full = image.size
    largest = max(size for size, _suffix, _path in wanted)
    image.draft("RGB", rules.measure(*full, largest * 2))
    image.load()
    current = image if image.mode == "RGB" else image.convert("RGB")
    for size in sorted({size for size, _suffix, _path in wanted}, reverse=True):
        measure = rules.measure(*full, size)
        if current.size != measure:
            current = current.resize(measure, Image.Resampling.LANCZOS, reducing_gap=3.0)
        for suffix, path in ((s, p) for n, s, p in wanted if n == size):
            encode(current, suffix, path)
    return {"width": full[0], "height": full[1]}


def encode(image: Image.Image, suffix: str, path: Path) -> None:
    """One file for the web; one thread, so that the same picture gives the same bytes."""
    if suffix == "avif":
        image.save(path, "AVIF", quality=58, speed=8, max_threads=1, subsampling="4:2:0", codec="aom")
    elif suffix == "webp":
        image.save(path, "WEBP", quality=76, method=3)
    else:
        image.save(path, "JPEG", quality=80, optimize=True, progressive=True)


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """Do one job; every fault of a picture becomes a code."""
    try:
        renew_time()
        if job["do"] == "take":
            return {"ok": True, **take(Path(job["source"]), Path(job["out"]))}
        return {"ok": True, **sizes(Path(job["source"]), [(n, s, Path(p)) for n, s, p in job["wanted"]])}
    except No as no:
        return {"ok": False, "code": str(no)}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"ok": False, "code": "photo_too_many_pixels"}
    except MemoryError:
        return {"ok": False, "code": "photo_too_heavy"}
    except Exception as error:  # noqa: BLE001 - decoders raise anything on broken pictures; this process exists for it
        return {"ok": False, "code": "photo_broken", "why": f"{type(error).__name__}: {error}"[:300]}


def main() -> None:
    """Answer jobs until the parent is gone or nothing comes for a while."""
    limit()
    while True:
        if resource is not None and not select.select([sys.stdin], [], [], REST_SECONDS)[0]:
            return
        line = sys.stdin.buffer.readline()
        if not line:
            return
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
