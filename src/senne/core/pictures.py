"""Pictures without what they tell besides: where and when they were taken, by whom, with what."""

from __future__ import annotations

from io import BytesIO

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}


class NotAPicture(ValueError):
    """The bytes are no picture of that kind, or one that would not fit into memory."""


def without_metadata(content: bytes, content_type: str) -> bytes:
    """The picture turned the right way up, with its colour profile and without any other metadata. Raises NotAPicture.

    JPEG and WebP are written anew at a quality at which the eye sees no difference.
    """
    from PIL import Image, ImageOps  # a tenth of a second: only when a picture comes

    try:
        with Image.open(BytesIO(content), formats=[FORMATS[content_type]]) as found:
            kept: dict[str, object] = {"icc_profile": found.info.get("icc_profile")}
            if getattr(found, "n_frames", 1) > 1:
                kept |= {"save_all": True, "duration": found.info.get("duration", 100), "loop": 0}
                picture: Image.Image = found
            else:
                picture = ImageOps.exif_transpose(found)
            picture.info = {name: picture.info[name] for name in ("transparency",) if name in picture.info}
            if content_type in {"image/jpeg", "image/webp"}:
                kept["quality"] = 92
            written = BytesIO()
            picture.save(written, FORMATS[content_type], exif=b"", **kept)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise NotAPicture(str(fault)) from fault
    return written.getvalue()
