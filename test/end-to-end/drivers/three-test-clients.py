"""Starts and stops the app of main.py three times with Starlette's test client, which has its event loop in a thread."""

from fastapi.testclient import TestClient
from main import app

for turn in range(3):
    with TestClient(app) as client:
        client.portal.call(app.state.startup_tasks.wait_ready, 30)
        print("books:", client.get("/books").json(), flush=True)
