"""Checks numbers for being prime: sequential, in threads, in processes; in turns and warm."""
import concurrent.futures
import multiprocessing
import statistics
import sys
import time


def is_prime(number):
    if number < 3 or number % 2 == 0:
        return number == 2
    divisor = 3
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 2
    return True


def seconds(check_all):
    start = time.perf_counter()
    list(check_all(is_prime, numbers))
    return time.perf_counter() - start


workers, rounds, *numbers = map(int, sys.argv[1:])
fork = multiprocessing.get_context("fork")  # A script from standard input cannot be imported.
with (
    concurrent.futures.ThreadPoolExecutor(workers) as threads,
    concurrent.futures.ProcessPoolExecutor(workers, fork) as processes,
):
    list(processes.map(is_prime, range(workers)))
    ways = {
        "sequential": map,
        f"{workers} threads": threads.map,
        f"{workers} processes": processes.map,
    }
    times = {way: [] for way in ways}
    for _ in range(rounds):
        for way, check_all in ways.items():
            times[way].append(seconds(check_all))
medians = {way: statistics.median(all_times) for way, all_times in times.items()}
for way, median in medians.items():
    print(f"Python, {way}: {median:.2f} s, {medians['sequential'] / median:.1f} times as fast")
