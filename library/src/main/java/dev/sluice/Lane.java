package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one host, registry or tenant: a queue for each run that waits, which take turns.
 * Guarded by the limiter's lock.
 */
final class Lane extends Ring.Element<Lane> {
  /** What names the lane; null for that of the requests that name none. */
  final @Nullable Object key;

  /** When the next request may start; null for no bounds. */
  final @Nullable LanePace pace;

  /** How many requests wait. */
  int waiting;

  /** The queues with waiting requests. */
  private final Ring<Queue> queues = new Ring<>();

  /** How many of its requests the ring of lanes counts. */
  int counted;

  /** Whether the limiter looks at this lane again, and when. */
  boolean asleep;

  long wakeAt;

  /** What its requests wait for; null while no times are of use. */
  @Nullable WaitClock clock;

  /** The end of the pause that listeners know of. */
  long reportedPause;

  Lane(@Nullable Object key, @Nullable LanePace pace) {
    this.key = key;
    this.pace = pace;
  }

  /** A request for a permit: an element of the queue of its run and lane. */
  abstract static class Request {
    /** Null before the request has waited, and for requests without a lane. */
    private @Nullable Queue queue;

    private @Nullable Request previous;
    private @Nullable Request next;

    /** Null before it has started, and for requests without a lane. */
    private LanePace.@Nullable Admission admission;

    /** Null if its times are of no use. */
    private @Nullable AttemptTimes times;

    /** The run that it belongs to. */
    abstract Run run();

    /** Begins the work, with a permit taken. */
    abstract void start();

    /** Whether there is no use for a permit any more. */
    abstract boolean isDisposed();

    /** The lane of a request that has waited. */
    final @Nullable Lane lane() {
      return queue == null ? null : queue.lane;
    }

    /** When requests of its lane may start; null if it has no bounds. */
    final @Nullable LanePace pace() {
      return queue == null ? null : queue.lane.pace;
    }

    /** Notes its times from now on; called before it asks for the permit. */
    final void time(AttemptTimes times) {
      this.times = times;
    }

    /** Null if its times are of no use. */
    final @Nullable AttemptTimes times() {
      return times;
    }

    /** How many permits its lane has at present; 0 without a lane. */
    final int permitsOfLane() {
      LanePace pace = pace();
      return pace == null ? 0 : pace.limit();
    }

    final boolean isQueued() {
      return queue != null && (queue.first == this || previous != null);
    }

    /** It starts, if its lane has bounds. */
    final void admit(LanePace.Admission admission) {
      this.admission = admission;
    }

    final LanePace.Admission admission() {
      return requireNonNull(admission);
    }

    /** What it fails with instead of being made; null if it is made. */
    final @Nullable LaneStoreException refusal() {
      return admission == null ? null : admission.refusal();
    }
  }

  /**
   * One run of a pipeline. When it ends it is closed, and its waiting requests are forgotten at
   * once.
   */
  static final class Run {
    private final boolean closeable;
    private final int weight;

    /** The queue in the lane without a name, and those with waiting requests in other lanes. */
    private @Nullable Queue common;

    private final Map<Lane, Queue> queues = new HashMap<>();

    private volatile boolean closed;

    /**
     * Makes a run that has asked for nothing yet.
     *
     * @param closeable false for requests that are runs of their own
     * @param weight how many requests in a row start when it is its turn
     */
    Run(boolean closeable, int weight) {
      this.closeable = closeable;
      this.weight = weight;
    }

    /** Also without the lock. */
    boolean isClosed() {
      return closed;
    }

    /** Closes it, if it can be closed. Its queues are still to be cleared. */
    void close() {
      closed = closeable;
    }

    /** The queues with waiting requests. */
    List<Queue> queues() {
      List<Queue> waiting = new ArrayList<>(queues.values());
      if (common != null && common.size > 0) {
        waiting.add(common);
      }
      return waiting;
    }

    private Queue queue(Lane lane) {
      if (lane.key != null) {
        return queues.computeIfAbsent(lane, unused -> new Queue(this, lane));
      }
      if (common == null) {
        common = new Queue(this, lane);
      }
      return common;
    }
  }

  /** The waiting requests of one run in this lane, first in first out. */
  static final class Queue extends Ring.Element<Queue> {
    private final Run run;
    private final Lane lane;
    private @Nullable Request first;
    private @Nullable Request last;
    private int size;

    /** How many more requests start before it is the turn of the next run. */
    private int turns;

    private Queue(Run run, Lane lane) {
      this.run = run;
      this.lane = lane;
    }

    Lane lane() {
      return lane;
    }

    private void append(Request request) {
      request.queue = this;
      request.previous = last;
      if (last == null) {
        first = request;
        turns = run.weight;
        lane.queues.add(this);
      } else {
        last.next = request;
      }
      last = request;
      size++;
    }

    private void unlink(Request request) {
      Request before = request.previous;
      Request after = request.next;
      request.previous = null;
      request.next = null;
      if (before == null) {
        first = after;
      } else {
        before.next = after;
      }
      if (after == null) {
        last = before;
      } else {
        after.previous = before;
      }
      size--;
      if (size == 0) {
        leave();
      }
    }

    private void clear() {
      first = null;
      last = null;
      size = 0;
      leave();
    }

    private void leave() {
      lane.queues.remove(this);
      run.queues.remove(lane);
    }
  }

  /** Adds a request to the queue of its run. */
  void append(Request request) {
    request.run().queue(this).append(request);
    waiting++;
  }

  /** Takes the next request out, and says whose turn is next. */
  Request poll() {
    Queue queue = queues.turn();
    queue.turns--;
    if (queue.turns == 0) {
      queue.turns = queue.run.weight;
      queues.advance();
    }
    Request request = requireNonNull(queue.first);
    queue.unlink(request);
    waiting--;
    return request;
  }

  /** Takes a waiting request out. */
  void remove(Request request) {
    requireNonNull(request.queue).unlink(request);
    waiting--;
  }

  /** Forgets the requests of a run. */
  void clear(Queue queue) {
    waiting -= queue.size;
    queue.clear();
  }
}
