"""Starts and stops the app of main.py three times with Starlette's test client, which has its event loop in a thread."""

import logging

from fastapi.testclient import TestClient
from main import app

logger = logging.getLogger("driver")

for turn in range(3):
    with TestClient(app) as client:
        client.portal.call(app.state.startup_tasks.wait_ready, 30)
        logger.info("books: %s", client.get("/books").json())
