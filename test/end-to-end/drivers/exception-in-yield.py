"""Throws an exception into the yield of the lifespan while its tasks run."""

import asyncio
import logging

from main import app

logger = logging.getLogger("driver")


async def main() -> None:
    try:
        async with app.router.lifespan_context(app):
            await app.state.startup_tasks.wait_ready(30)
            raise ValueError("thrown into the yield")
    except ValueError as error:
        logger.info("caught: %s", error)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    logger.info("left over: %s", len(others))


asyncio.run(main())
