"""Starts and stops the app of main.py three times in one process, each time on a new event loop."""

import asyncio

from main import app


async def live() -> None:
    async with app.router.lifespan_context(app):
        await app.state.startup_tasks.wait_ready(30)
        print("ready", flush=True)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    print("left over:", len(others), flush=True)


for turn in range(3):
    asyncio.run(live())
