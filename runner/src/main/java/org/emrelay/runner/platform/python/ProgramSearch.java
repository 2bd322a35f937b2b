package org.emrelay.runner.platform.python;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds programs as a shell does: by path, or by name in the directories of PATH. Starts none. */
public record ProgramSearch(List<Path> directories) {
    public ProgramSearch {
        directories = List.copyOf(directories);
    }

    public static ProgramSearch of(Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", "");
        return new ProgramSearch(Arrays.stream(path.split(Pattern.quote(File.pathSeparator), -1))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> path(directory).stream())
                .toList());
    }

    public Optional<Path> find(String program) {
        if (program.contains("/")) {
            return path(program).filter(Files::isExecutable).map(Path::toAbsolutePath);
        }
        return directories.stream()
                .map(directory -> directory.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}
