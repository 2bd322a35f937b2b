package org.emrelay.runner.service.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.platform.python.ProgramSearch;
import org.emrelay.runner.platform.python.PysparkSearch;

/** Warns of Python steps whose interpreter or PySpark this machine seems to lack. Looks at files only, and starts no program. */
final class LocalPythonCheck {
    private final Map<String, String> environment;
    private final ProgramSearch programs;
    private final String stepsFile;
    private final List<Problem> problems = new ArrayList<>();

    LocalPythonCheck(Map<String, String> environment, String stepsFile) {
        this.environment = environment;
        this.programs = ProgramSearch.of(environment);
        this.stepsFile = stepsFile;
    }

    List<Problem> check(Pipeline pipeline) {
        if (!environment.containsKey("PATH")) {
            return List.of();
        }
        for (int i = 0; i < pipeline.steps().size(); i++) {
            Step step = pipeline.steps().get(i);
            if (step.runs() && step.program() instanceof Program.Python python) {
                check(step, python.dependencies(), "steps[" + i + "]");
            }
        }
        return problems;
    }

    private void check(Step step, PythonDependencies<?> python, String path) {
        String executable = executable(step);
        Optional<Path> interpreter = programs.find(executable);
        if (!python.version().isEmpty()) {
            checkVersion(python.version(), interpreter, path + ".python");
        } else if (interpreter.isEmpty()) {
            warn(
                    path + ".script_uri",
                    "a local run needs Python, but the PATH has no " + executable + ".",
                    "Install Python 3.11.");
        } else if (python.isNone() && PysparkSearch.isMissing(interpreter.get(), environment)) {
            warn(
                    path + ".script_uri",
                    "a local run needs PySpark, which " + interpreter.get() + " does not seem to have.",
                    "Add \"requirements\": [\"pyspark\"], and Emrelay installs it in an environment of its own.");
        }
    }

    private void checkVersion(String version, Optional<Path> interpreter, String path) {
        boolean isDefault = interpreter
                .filter(file -> PysparkSearch.mayHaveVersion(file, version))
                .isPresent();
        if (programs.find("python" + version).isEmpty() && programs.find("uv").isEmpty() && !isDefault) {
            warn(
                    path,
                    "a local run needs python" + version + ", which the PATH does not have.",
                    "Install it, or install uv, which downloads it: python3 -m pip install uv");
        }
    }

    private String executable(Step step) {
        Map<String, Argument> conf = step.settings().conf();
        for (String property : List.of("spark.pyspark.driver.python", PythonDependencies.INTERPRETER)) {
            Argument named = conf.get(property);
            if (named != null
                    && named.parts().size() == 1
                    && named.parts().get(0) instanceof Argument.Literal literal) {
                return literal.text();
            }
        }
        return environment.getOrDefault("PYSPARK_DRIVER_PYTHON", environment.getOrDefault("PYSPARK_PYTHON", "python3"));
    }

    private void warn(String path, String message, String hint) {
        problems.add(Problem.warning(stepsFile, path, message, hint));
    }
}
