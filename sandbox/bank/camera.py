"""The banking app's camera: finds a QR code in a picture."""

import os

# Read by OpenCV when it is imported: a small file must not unfold into gigabytes.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(40_000_000))

import cv2
import numpy as np

LARGEST_FILE = 8_000_000


def find_code(content: bytes) -> str | None:
    """Return the text of the QR code in a PNG, JPEG or WebP; None where there is none to be read."""
    try:
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        return None
    if picture is None:
        return None
    for scale in (1.0, 2.0, 0.5):
        resized = picture if scale == 1.0 else cv2.resize(picture, None, fx=scale, fy=scale)
        text, _points, _straight = cv2.QRCodeDetector().detectAndDecode(resized)
        if text:
            return str(text)
    return None
