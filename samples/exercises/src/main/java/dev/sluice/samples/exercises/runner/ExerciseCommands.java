package dev.sluice.samples.exercises.runner;

import dev.sluice.samples.CommandSet;
import java.util.List;

/** The command that lists and checks the exercises. */
public final class ExerciseCommands implements CommandSet {
  @Override
  public int rank() {
    return 5;
  }

  @Override
  public String heading() {
    return "To learn by doing";
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(ExercisesCommand.class);
  }
}
