import dev.sluice.*;
import dev.sluice.disk.*;
import dev.sluice.dns.*;
import dev.sluice.fetch.*;
import dev.sluice.flags.*;
import dev.sluice.http.*;
import dev.sluice.rdap.*;
import io.reactivex.rxjava3.core.*;
import io.reactivex.rxjava3.processors.*;
import io.reactivex.rxjava3.schedulers.*;
import java.net.*;
import java.nio.file.*;
import java.time.*;
import static java.util.concurrent.TimeUnit.*;
<T> T await(Single<T> work) { return work.blockingGet(); }
<T> T await(Maybe<T> work) { return work.blockingGet(); }
void await(Completable work) { work.blockingAwait(); }
<T> List<T> await(Flowable<T> stream) { return stream.toList().blockingGet(); }
