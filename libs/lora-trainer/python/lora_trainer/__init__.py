"""Trains SDXL LoRA adapters: one run per process, told by a request file, heard through events."""

import os

# Nothing is ever downloaded. The libraries read this when they are imported, so it stands before every other import.
os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
