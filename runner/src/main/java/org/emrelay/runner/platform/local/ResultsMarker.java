package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.platform.file.PrivateFiles;

/**
 * The list of files that Emrelay put into a results directory.
 *
 * @param files the paths below the directory, with the hashes of their content; two while a file is being replaced
 */
record ResultsMarker(Map<String, Set<String>> files) {
    private static final String FILE = ".emrelay-results.json";

    ResultsMarker {
        files = Map.copyOf(files);
    }

    /** Empty if there is none, or if it was edited: then no file is certainly ours. */
    static ResultsMarker read(Path directory) throws IOException {
        try {
            Map<String, Set<String>> files = new TreeMap<>();
            JsonFields.read(
                            Files.readString(directory.resolve(FILE)),
                            fields -> fields.map(
                                    "files", (value, path) -> JsonFields.list(value, path, JsonFields::text)))
                    .forEach((name, hashes) -> {
                        if (directory.resolve(name).normalize().startsWith(directory)) {
                            files.put(name, Set.copyOf(hashes));
                        }
                    });
            return new ResultsMarker(files);
        } catch (NoSuchFileException | MalformedJsonException unusable) {
            return new ResultsMarker(Map.of());
        }
    }

    void write(Path directory) throws IOException {
        Map<String, List<String>> sorted = new TreeMap<>();
        files.forEach(
                (name, hashes) -> sorted.put(name, hashes.stream().sorted().toList()));
        String text = JsonWriter.pretty(new JsonMap()
                .with("about", "Files that Emrelay fetched here and may replace")
                .with("files", sorted));
        PrivateFiles.write(directory.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hashes that a file may have; empty for a file that is not ours. */
    Set<String> hashes(String name) {
        return Objects.requireNonNullElse(files.get(name), Set.of());
    }

    List<String> filesOf(String step) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(step + "/"))
                .sorted()
                .toList();
    }

    ResultsMarker with(Map<String, String> added) {
        Map<String, Set<String>> all = new TreeMap<>(files);
        added.forEach((name, hash) -> {
            Set<String> hashes = new TreeSet<>(hashes(name));
            hashes.add(hash);
            all.put(name, hashes);
        });
        return new ResultsMarker(all);
    }

    ResultsMarker without(String step) {
        Map<String, Set<String>> others = new TreeMap<>(files);
        filesOf(step).forEach(others::remove);
        return new ResultsMarker(others);
    }
}
