package dev.sluice.samples.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.samples.servers.registries.NameState;
import dev.sluice.samples.servers.registries.RegistryFault;
import dev.sluice.samples.servers.registries.RegistryServer;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names of which the truth is known, at registries with every fault: no false 'free', no false
 * 'registered', and evidence for each verdict. The benchmark {@code VerdictProof} does the same for
 * 10,000 names.
 */
@Timeout(120)
class VerdictProofTest {
  private static final int NUMBERS = 6;

  private static final Map<NameState, String> TRUE =
      Map.of(
          NameState.REGISTERED, "registered",
          NameState.UNDELEGATED, "registered, not delegated",
          NameState.RESERVED, "reserved",
          NameState.REDEMPTION, "redemption",
          NameState.EXPIRING, "pending delete",
          NameState.FREE, "likely free");

  /** With these faults every verdict can be found. */
  private static final Set<RegistryFault> HARMLESS =
      EnumSet.of(
          RegistryFault.TEST, RegistryFault.BUSY, RegistryFault.LAME, RegistryFault.FILTERED);

  @TempDir Path folder;

  @Test
  void noNameIsFalselyFreeOrFalselyRegistered() throws IOException {
    List<String> names = new ArrayList<>();
    List<String> reserved = new ArrayList<>();
    for (RegistryFault fault : RegistryFault.values()) {
      for (NameState state : NameState.values()) {
        for (int i = 0; i < NUMBERS; i++) {
          String label = state.name().toLowerCase(Locale.ROOT) + i;
          names.add(label + "." + fault.topLevel());
          if (state == NameState.RESERVED && i % 2 == 1) {
            reserved.add(label);
          }
        }
      }
    }
    Path input = Files.write(folder.resolve("names"), names);
    Path list = Files.write(folder.resolve("reserved"), reserved);
    Run run;
    try (RegistryServer server = RegistryServer.start(0, 0)) {
      run =
          Run.of(
              "check",
              "--server=127.0.0.1:" + server.dnsPort(),
              "--parent-port=" + server.dnsPort(),
              "--rdap=" + server.list(),
              "--rate=1000/s",
              "--reserved=" + list,
              "--format=ndjson",
              "--input=" + input);
    }
    assertEquals(names.size(), run.lines().size(), run::err);
    Map<String, Integer> wrong = new TreeMap<>();
    for (String line : run.lines()) {
      check(new ObjectMapper().readTree(line), wrong);
    }
    assertEquals(Map.of(), wrong);
  }

  private static void check(JsonNode line, Map<String, Integer> wrong) {
    String name = line.path("name").asText();
    String verdict = line.path("verdict").asText();
    NameState state = NameState.of(name);
    RegistryFault fault =
        RegistryFault.valueOf(name.substring(name.indexOf('.') + 1).toUpperCase(Locale.ROOT));
    boolean isRight = verdict.equals(TRUE.get(state));
    if (!isRight && (HARMLESS.contains(fault) || !verdict.equals("unknown"))) {
      wrong.merge(state + " at " + fault + ": " + verdict, 1, Integer::sum);
    }
    JsonNode evidence = line.path("evidence");
    assertTrue(evidence.size() >= 1, line::toString);
    evidence.forEach(each -> assertTrue(each.path("when").asText().endsWith("Z"), line::toString));
  }
}
