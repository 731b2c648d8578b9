"""Starts two apps of one module on one event loop, and stops the first while the second lives."""

import asyncio
import logging

from main import guests, staff

logger = logging.getLogger("driver")


async def main() -> None:
    async with staff.router.lifespan_context(staff):
        async with guests.router.lifespan_context(guests):
            await guests.state.startup_tasks.wait_ready(30)
        logger.info("guests left")
        await staff.state.startup_tasks.wait_ready(30)
    logger.info("staff left")
    logger.info("shared: %s", guests.state.startup_tasks is staff.state.startup_tasks)


asyncio.run(main())
