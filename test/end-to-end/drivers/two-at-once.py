"""Starts two apps of one module on one event loop, and stops the first while the second lives."""

import asyncio

from main import guests, staff


async def main() -> None:
    async with staff.router.lifespan_context(staff):
        async with guests.router.lifespan_context(guests):
            await guests.state.startup_tasks.wait_ready(30)
        print("guests left", flush=True)
        await staff.state.startup_tasks.wait_ready(30)
    print("staff left", flush=True)
    print("shared:", guests.state.startup_tasks is staff.state.startup_tasks, flush=True)


asyncio.run(main())
