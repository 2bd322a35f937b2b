package org.emrelay.runner.platform.python;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks for PySpark among an interpreter's packages, without starting it. In doubt, it is there. */
public final class PysparkSearch {
    private static final String PYSPARK = "pyspark";
    private static final List<String> LIBRARIES = List.of("lib", "local/lib", "lib64");
    private static final List<String> PACKAGES = List.of("site-packages", "dist-packages");

    private PysparkSearch() {}

    /** Whether PySpark is at none of the places where an interpreter has its packages. */
    public static boolean isMissing(Path interpreter, Map<String, String> environment) {
        try {
            if (isScript(interpreter) || seesOtherPackages(interpreter)) {
                return false;
            }
            Set<Path> directories = new LinkedHashSet<>();
            for (Path executable : List.of(interpreter.toAbsolutePath(), interpreter.toRealPath())) {
                Path prefix = executable.getParent() == null
                        ? null
                        : executable.getParent().getParent();
                if (prefix != null) {
                    addPackages(directories, prefix);
                }
            }
            if (environment.containsKey("HOME")) {
                addPackages(directories, Path.of(environment.get("HOME"), ".local"));
            }
            for (String entry :
                    environment.getOrDefault("PYTHONPATH", "").split(Pattern.quote(File.pathSeparator), -1)) {
                directories.add(Path.of(entry));
            }
            return directories.stream().noneMatch(directory -> Files.isDirectory(directory.resolve(PYSPARK)));
        } catch (IOException | InvalidPathException unknown) {
            return false;
        }
    }

    /** Whether the interpreter may have this version: the real name of most ends with their version. */
    public static boolean mayHaveVersion(Path interpreter, String version) {
        try {
            String name = String.valueOf(interpreter.toRealPath().getFileName());
            return isScript(interpreter) || !name.matches("python3\\.[0-9]+") || name.equals("python" + version);
        } catch (IOException unknown) {
            return true;
        }
    }

    /** The shim of a version manager chooses the interpreter when it is started. */
    private static boolean isScript(Path interpreter) throws IOException {
        try (InputStream content = Files.newInputStream(interpreter)) {
            return content.read() == '#' && content.read() == '!';
        }
    }

    private static boolean seesOtherPackages(Path interpreter) throws IOException {
        Path bin = interpreter.toAbsolutePath().getParent();
        Path configuration =
                bin == null || bin.getParent() == null ? null : bin.getParent().resolve("pyvenv.cfg");
        return configuration != null
                && Files.isReadable(configuration)
                && Files.readString(configuration).matches("(?s).*include-system-site-packages\\s*=\\s*true.*");
    }

    private static void addPackages(Set<Path> directories, Path prefix) throws IOException {
        for (String library : LIBRARIES) {
            for (Path python : pythons(prefix.resolve(library))) {
                PACKAGES.forEach(packages -> directories.add(python.resolve(packages)));
            }
        }
    }

    private static List<Path> pythons(Path library) throws IOException {
        List<Path> pythons = new ArrayList<>();
        if (Files.isDirectory(library)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(library, "python3*")) {
                found.forEach(pythons::add);
            }
        }
        return pythons;
    }
}
