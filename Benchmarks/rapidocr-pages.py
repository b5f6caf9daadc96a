"""Reads page images with RapidOCR on OpenVINO, for the bench: one JSON line per page with its text and seconds.

usage: rapidocr-pages.py THREADS PNG…
"""
import json
import sys
import time

import cv2
from rapidocr import EngineType, RapidOCR

engine = RapidOCR(
    params={
        "Det.engine_type": EngineType.OPENVINO,
        "Cls.engine_type": EngineType.OPENVINO,
        "Rec.engine_type": EngineType.OPENVINO,
        "EngineConfig.openvino.inference_num_threads": int(sys.argv[1]),
        "Global.log_level": "error",
    }
)
pages = [cv2.imread(path) for path in sys.argv[2:]]
engine(pages[0])  # the first page also prepares the models
for page in pages:
    start = time.perf_counter()
    result = engine(page)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "lines": list(result.txts or [])}, ensure_ascii=False), flush=True)
