package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypesTest {
  @Test
  void namesTheTypeOfEachVariable() {
    assertEquals(
        List.of(
            "Coroutine[Any, Any, None]        Completable",
            "Coroutine[Any, Any, int]         Single",
            "Coroutine[Any, Any, int | None]  Maybe",
            "Awaitable[int]                   SingleSource",
            "AsyncIterable[int]               Publisher",
            "AsyncIterator[int]               Flowable",
            "AsyncGenerator[int, None]        Flowable",
            "AsyncContextManager[str]         Resource"),
        VirtualTime.untimedLinesOf(new Types()::run));
  }
}
