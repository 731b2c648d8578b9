"""Cancels the anyio scope around the lifespan while its tasks run."""

import asyncio
import logging

import anyio
from main import app

logger = logging.getLogger("driver")


async def main() -> None:
    with anyio.CancelScope() as scope:
        async with app.router.lifespan_context(app):
            await app.state.startup_tasks.wait_ready(30)
            scope.cancel()
            await anyio.sleep_forever()
    logger.info("caught by the scope: %s", scope.cancelled_caught)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    logger.info("left over: %s", len(others))


asyncio.run(main())
