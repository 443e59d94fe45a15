package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * At most two classes depend on each other. A nested class counts as its outer class. Larger cycles
 * cannot be read, tested or changed class by class.
 */
class ClassCyclesTest {
  private static final int MAX_CYCLE = 2;

  /** Imported outside of the tests' time limit: on a busy machine it takes long. */
  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.sluice");

  @Test
  void atMostTwoClassesDependOnEachOther() {
    Map<String, Set<String>> dependencies = dependenciesOfTheLibrary();
    List<Set<String>> tooLarge =
        new Components(dependencies)
            .all().stream().filter(component -> component.size() > MAX_CYCLE).toList();
    assertEquals(List.of(), tooLarge);
  }

  @Test
  void aCycleOfThreeIsFound() {
    Map<String, Set<String>> dependencies = new TreeMap<>();
    dependencies.put("a", Set.of("b"));
    dependencies.put("b", Set.of("c", "d"));
    dependencies.put("c", Set.of("a"));
    dependencies.put("d", Set.of("e"));
    dependencies.put("e", Set.of("d"));
    assertEquals(
        List.of(Set.of("d", "e"), Set.of("a", "b", "c")), new Components(dependencies).all());
  }

  private static Map<String, Set<String>> dependenciesOfTheLibrary() {
    Map<String, Set<String>> dependencies = new TreeMap<>();
    for (JavaClass each : LIBRARY) {
      Set<String> used = dependencies.computeIfAbsent(outerName(each), name -> new TreeSet<>());
      each.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith("dev.sluice"))
          .map(ClassCyclesTest::outerName)
          .forEach(used::add);
    }
    return dependencies;
  }

  private static String outerName(JavaClass each) {
    String name = each.getName();
    int dollar = name.indexOf('$');
    return dollar < 0 ? name : name.substring(0, dollar);
  }

  /** Strongly connected components by Tarjan's algorithm, those without dependencies first. */
  private static final class Components {
    private final Map<String, Set<String>> dependencies;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> stack = new ArrayDeque<>();
    private final List<Set<String>> found = new ArrayList<>();

    Components(Map<String, Set<String>> dependencies) {
      this.dependencies = dependencies;
    }

    List<Set<String>> all() {
      for (String name : dependencies.keySet()) {
        if (!indexes.containsKey(name)) {
          visit(name);
        }
      }
      return found;
    }

    private void visit(String name) {
      int index = indexes.size();
      indexes.put(name, index);
      lowest.put(name, index);
      stack.push(name);
      for (String used : dependencies.getOrDefault(name, Set.of())) {
        if (!indexes.containsKey(used)) {
          visit(used);
          lowest.merge(name, lowest.getOrDefault(used, index), Math::min);
        } else if (stack.contains(used)) {
          lowest.merge(name, indexes.getOrDefault(used, index), Math::min);
        }
      }
      if (lowest.getOrDefault(name, index) == index) {
        Set<String> component = new TreeSet<>();
        while (!component.contains(name)) {
          component.add(stack.pop());
        }
        found.add(component);
      }
    }
  }
}
