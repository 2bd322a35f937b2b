package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.abbreviate;
import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.parse.RecordBinder.LocatedString;
import org.emrelay.runner.parse.SettingsParser.Script;
import org.jspecify.annotations.Nullable;

/** Parses the program of a step and checks that it is runnable. */
final class ProgramParser {
    private static final String CLASS_EXTENSION = ".class";

    private final Problems problems;
    private final Map<Path, Optional<List<String>>> classesByJar = new HashMap<>();

    ProgramParser(Problems problems) {
        this.problems = problems;
    }

    /** Returns the program, or null after a problem. */
    @Nullable
    Program parse(@Nullable Script script, @Nullable LocatedString mainClass, String path) {
        String classPath = childPath(path, "main_class");
        String scriptPath = childPath(path, "script_uri");
        if (script == null) {
            if (!problems.isInvalid(scriptPath)
                    && !problems.isInvalid("defaults.script_uri")
                    && !problems.isInvalid("defaults")) {
                problems.error(scriptPath, "required key is missing.", "Set it here or in 'defaults'.");
            }
            return null;
        }
        if (script.uri().endsWith(".py")) {
            return python(script, mainClass, classPath);
        } else if (script.uri().endsWith(".jar")) {
            return jar(script, mainClass, classPath);
        }
        problems.error(script.path(), "must be a .jar or .py file, not " + quoted(script.uri()) + ".");
        return null;
    }

    /** A main class in {@code defaults} is for the other steps. */
    private @Nullable Program python(Script script, @Nullable LocatedString mainClass, String classPath) {
        if (mainClass != null && mainClass.path().equals(classPath)) {
            problems.error(classPath, "a Python script has no main class.", "Remove it, or use a .jar in script_uri.");
            return null;
        }
        return script.file() == null ? null : new Program.Python(script.file());
    }

    private @Nullable Program jar(Script script, @Nullable LocatedString mainClass, String classPath) {
        if (mainClass == null) {
            if (!problems.isInvalid(classPath)) {
                problems.error(classPath, "required key is missing.", "A .jar needs a main class.");
            }
            return null;
        } else if (!mainClass.value().matches("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*")) {
            problems.error(
                    mainClass.path(),
                    quoted(mainClass.value()) + " is not a valid class name.",
                    "Example: org.example.CountWords.");
            return null;
        } else if (script.file() instanceof FileRef.Local local) {
            checkClass(local.path(), script.path(), mainClass);
        }
        return script.file() == null ? null : new Program.Jar(script.file(), mainClass.value());
    }

    private void checkClass(Path jar, String jarPath, LocatedString mainClass) {
        Optional<List<String>> classes = classesByJar.computeIfAbsent(jar, ProgramParser::listClasses);
        if (classes.isEmpty()) {
            problems.error(jarPath, jar + " is not a readable jar file.", "Rebuild it.");
        } else if (!classes.get().contains(mainClass.value())) {
            problems.error(
                    mainClass.path(),
                    "class " + abbreviate(mainClass.value()) + " not found in " + jar + ".",
                    suggestion(mainClass.value(), classes.get()));
        }
    }

    /** Empty if the jar is unreadable; a jar without entries counts as unreadable, because nothing in it can run. */
    private static Optional<List<String>> listClasses(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return Optional.of(zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(CLASS_EXTENSION))
                    .map(name -> name.substring(0, name.length() - CLASS_EXTENSION.length())
                            .replace('/', '.'))
                    .toList());
        } catch (IOException | IllegalArgumentException exception) {
            return Optional.empty();
        }
    }

    /** Compares simple names: packages are long and mostly correct. */
    private static String suggestion(String mainClass, List<String> classes) {
        List<String> known =
                classes.stream().filter(name -> !name.contains("$")).sorted().toList();
        String simple = simpleName(mainClass);
        Optional<String> nearest = Suggestion.nearest(
                simple, known.stream().map(ProgramParser::simpleName).distinct().toList());
        return nearest.flatMap(nearestName -> known.stream()
                        .filter(name -> simpleName(name).equals(nearestName))
                        .findFirst())
                .map(name -> "Did you mean '" + name + "'?")
                .orElse("");
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
