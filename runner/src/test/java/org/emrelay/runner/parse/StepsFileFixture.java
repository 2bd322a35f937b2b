package org.emrelay.runner.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.jspecify.annotations.Nullable;

/** A project directory whose {@code steps.json} is read with given parameters and environment. */
final class StepsFileFixture {
    static final LocalDate TODAY = LocalDate.parse("2026-11-28");

    private final Path directory;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private PlatformRules rules = new PlatformRules(false, true, false);
    private Path currentDirectory;
    private @Nullable Backfill backfill;

    StepsFileFixture(Path directory) {
        this.directory = directory;
        this.currentDirectory = directory;
    }

    StepsFileFixture withParameter(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    StepsFileFixture withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    StepsFileFixture withBackfill(Backfill newBackfill) {
        backfill = newBackfill;
        return this;
    }

    StepsFileFixture withRules(PlatformRules newRules) {
        rules = newRules;
        return this;
    }

    StepsFileFixture withCurrentDirectory(Path newCurrentDirectory) {
        currentDirectory = newCurrentDirectory;
        return this;
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    StepsFileFixture file(String name) {
        return file(name, "");
    }

    StepsFileFixture file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    StepsFileFixture file(String name, byte[] bytes) {
        try {
            Files.createDirectories(LocalFiles.parentOf(resolve(name)));
            Files.write(resolve(name), bytes);
            return this;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    StepsFileFixture jar(String name, String... classes) {
        file(name);
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(resolve(name)))) {
            for (String type : classes) {
                jar.putNextEntry(new ZipEntry(type.replace('.', '/') + ".class"));
            }
            return this;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    ParseResult<Pipeline> parse(String json) {
        file("steps.json", json);
        return read("steps.json");
    }

    ParseResult<Pipeline> read(String name) {
        Path file = currentDirectory.relativize(resolve(name));
        return StepsFileReader.read(
                file,
                new ParseContext(
                        parameters,
                        TODAY,
                        currentDirectory,
                        environment,
                        rules,
                        () -> directory.resolve("sql-step.jar")),
                backfill);
    }

    /** A steps file with one step {@code a} that runs {@code job.py} and has these additional keys. */
    static String singleStep(String keys) {
        return "{\"steps\": [{\"name\": \"a\", \"script_uri\": \"job.py\", " + keys + "}]}";
    }

    /** Reads a file that must not have problems. */
    Pipeline pipeline(String json) {
        ParseResult<Pipeline> result = parse(json);
        if (result.value() == null || !result.problems().isEmpty()) {
            throw new AssertionError(result.problems());
        }
        return result.value();
    }

    /** Reads a file and formats its problems, with this directory replaced by DIR. */
    List<String> problems(String json) {
        return lines(parse(json));
    }

    List<String> lines(ParseResult<Pipeline> result) {
        return result.problems().stream()
                .map(Problem::toLine)
                .map(line -> line.replace(directory.toString(), "DIR"))
                .toList();
    }
}
