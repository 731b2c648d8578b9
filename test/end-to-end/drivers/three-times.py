"""Starts and stops the app of main.py three times in one process, each time on a new event loop."""

import asyncio
import logging

from main import app

logger = logging.getLogger("driver")


async def live() -> None:
    async with app.router.lifespan_context(app):
        await app.state.startup_tasks.wait_ready(30)
        logger.info("ready")
    others = asyncio.all_tasks() - {asyncio.current_task()}
    logger.info("left over: %s", len(others))


for turn in range(3):
    asyncio.run(live())
