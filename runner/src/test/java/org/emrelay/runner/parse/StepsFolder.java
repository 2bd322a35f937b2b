package org.emrelay.runner.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Target;

/** A directory with what a pipeline of the tests needs, and what the reader says of its {@code steps.json}. */
final class StepsFolder {
    private final Path directory;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Target target = Target.LOCAL;
    private Path currentDirectory;

    StepsFolder(Path directory) {
        this.directory = directory;
        this.currentDirectory = directory;
    }

    StepsFolder with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    StepsFolder withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    StepsFolder on(Target platform) {
        target = platform;
        return this;
    }

    StepsFolder from(Path current) {
        currentDirectory = current;
        return this;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    StepsFolder file(String name) {
        return file(name, "");
    }

    StepsFolder file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    StepsFolder file(String name, byte[] bytes) {
        try {
            Files.createDirectories(LocalFiles.parentOf(path(name)));
            Files.write(path(name), bytes);
            return this;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    StepsFolder jar(String name, String... classes) {
        file(name);
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(path(name)))) {
            for (String type : classes) {
                jar.putNextEntry(new ZipEntry(type.replace('.', '/') + ".class"));
            }
            return this;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    ParseResult<Pipeline> reading(String json) {
        file("steps.json", json);
        return read("steps.json");
    }

    ParseResult<Pipeline> read(String name) {
        Path file = currentDirectory.relativize(path(name));
        return StepsFileReader.read(file, new Context(parameters, currentDirectory, environment, target));
    }

    /** A file of one step, {@code a}, that runs {@code job.py} and has these further keys. */
    static String only(String keys) {
        return "{\"steps\": [{\"name\": \"a\", \"script_uri\": \"job.py\", " + keys + "}]}";
    }

    /** The pipeline of a file in which nothing is wrong. */
    Pipeline pipeline(String json) {
        ParseResult<Pipeline> reading = reading(json);
        if (reading.value() == null || !reading.problems().isEmpty()) {
            throw new AssertionError(reading.problems());
        }
        return reading.value();
    }

    /** All problems as they are printed, with this directory left out. */
    List<String> problems(String json) {
        return lines(reading(json));
    }

    List<String> lines(ParseResult<Pipeline> reading) {
        return reading.problems().stream()
                .map(Problem::line)
                .map(line -> line.replace(directory.toString(), "DIR"))
                .toList();
    }
}
