package org.emrelay.runner.parse;

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
import org.emrelay.runner.parse.PartialSettings.Script;
import org.jspecify.annotations.Nullable;

/** Reads what a step runs, and looks whether it can be run at all. */
final class ProgramParser {
    private static final String CLASS = ".class";

    private final UriChecks places;
    private final Problems problems;
    private final Map<Path, Optional<List<String>>> classesByJar = new HashMap<>();

    ProgramParser(UriChecks places, Problems problems) {
        this.places = places;
        this.problems = problems;
    }

    /** The program, or null when a problem was found. */
    @Nullable
    Program read(@Nullable Script script, @Nullable String mainClass, String path) {
        String classPath = RecordBinder.child(path, "main_class");
        String scriptPath = RecordBinder.child(path, "script_uri");
        if (script == null) {
            if (!problems.isBroken(scriptPath)
                    && !problems.isBroken("defaults.script_uri")
                    && !problems.isBroken("defaults")) {
                problems.error(scriptPath, "this key is missing.", "Give it here or in 'defaults'.");
            }
            return null;
        }
        if (mainClass != null) {
            places.checkText(mainClass, classPath);
        }
        if (script.written().endsWith(".py")) {
            return python(script, mainClass, classPath);
        } else if (script.written().endsWith(".jar")) {
            return jar(script, mainClass, classPath);
        }
        problems.error(
                script.path(),
                "'" + RecordBinder.shortened(script.written()) + "' is neither a .jar nor a .py.",
                "Only these can be run.");
        return null;
    }

    private @Nullable Program python(Script script, @Nullable String mainClass, String classPath) {
        if (mainClass != null) {
            problems.error(
                    classPath, "a Python script has no main class.", "Leave it out, or name a .jar in script_uri.");
            return null;
        }
        return script.resource() == null ? null : new Program.Python(script.resource());
    }

    private @Nullable Program jar(Script script, @Nullable String mainClass, String classPath) {
        if (mainClass == null) {
            if (!problems.isBroken(classPath)) {
                problems.error(classPath, "this key is missing.", "A .jar needs the name of the class to run.");
            }
            return null;
        } else if (!mainClass.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*")) {
            problems.error(
                    classPath,
                    "'" + RecordBinder.shortened(mainClass) + "' is no name of a class.",
                    "Write for example org.example.CountWords.");
            return null;
        } else if (script.resource() instanceof FileRef.Local local) {
            checkClass(local.path(), script.path(), mainClass, classPath);
        }
        return script.resource() == null ? null : new Program.Jar(script.resource(), mainClass);
    }

    private void checkClass(Path jar, String jarPath, String mainClass, String classPath) {
        Optional<List<String>> classes = classesByJar.computeIfAbsent(jar, ProgramParser::classes);
        if (classes.isEmpty()) {
            problems.error(jarPath, jar + " is no jar that can be read.", "Build it again.");
        } else if (!classes.get().contains(mainClass)) {
            problems.error(
                    classPath,
                    "no class " + RecordBinder.shortened(mainClass) + " in " + jar + ".",
                    nearest(mainClass, classes.get()));
        }
    }

    /** Nobody can read an empty jar's classes, and nobody can run one. */
    private static Optional<List<String>> classes(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return Optional.of(zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(CLASS))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .toList());
        } catch (IOException | IllegalArgumentException exception) {
            return Optional.empty();
        }
    }

    /** Packages are long and mostly right: the class's own name is what tells two apart. */
    private static String nearest(String mainClass, List<String> classes) {
        List<String> known =
                classes.stream().filter(name -> !name.contains("$")).sorted().toList();
        String simple = simpleName(mainClass);
        Optional<String> near = Suggestion.nearest(
                simple, known.stream().map(ProgramParser::simpleName).distinct().toList());
        return near.flatMap(word -> known.stream()
                        .filter(name -> simpleName(name).equals(word))
                        .findFirst())
                .map(name -> "Did you mean '" + name + "'?")
                .orElse("");
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
