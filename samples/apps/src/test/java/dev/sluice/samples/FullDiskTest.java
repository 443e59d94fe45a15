package dev.sluice.samples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.JavaProcess;
import java.io.File;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that a full disk lost is an error. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is a device of Linux")
@Timeout(60)
class FullDiskTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"probe --embedded for.dev", "blogdom --embedded", "domaincheck dev --embedded"})
  void saysThatTheDiskIsFull(String arguments) throws Exception {
    Process java = JavaProcess.startInto(new File("/dev/full"), arguments.split(" "));
    String err = new String(java.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(java.waitFor(20, SECONDS));
    assertEquals(1, java.exitValue(), err);
    assertTrue(err.contains("sluice: standard output: no space left on the device"), err);
  }
}
