"""Run somebody's own flags2_asyncio.py, unchanged, against another server and folder."""
import importlib
import sys
from pathlib import Path

program, base, keys, folder, limit = sys.argv[1:]
sys.path.insert(0, str(Path(program).resolve().parent))
common = importlib.import_module('flags2_common')
common.SERVERS['LOCAL'] = base
common.DEST_DIR = Path(folder)
sys.argv = [program, '--max_req', limit, *Path(keys).read_text().split()]
common.main(importlib.import_module(Path(program).stem).download_many, int(limit), int(limit))
