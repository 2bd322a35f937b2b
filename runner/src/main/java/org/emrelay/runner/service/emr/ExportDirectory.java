package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.export.ExportPackage;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.Sha256;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.platform.python.ModuleTree;
import org.emrelay.runner.service.CommandFailure;

/**
 * The directory of an export. It records what was exported to it, so that another export replaces its own files only.
 *
 * @param path it need not exist
 */
record ExportDirectory(Path path) {
    private static final String RECORD = "export.json";
    private static final int HASH_DIGITS = 64;

    ExportDirectory {
        Objects.requireNonNull(path, "path");
    }

    /** Refuses to replace files that are not those of an export, or were changed since. */
    void requireReplaceable(boolean overwrite) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw CommandFailure.refused(path + " is a file. Name a directory with --out.");
        }
        if (overwrite || !Files.isDirectory(path)) {
            return;
        }
        Map<String, String> exported = recorded();
        try (Stream<Path> entries = Files.list(path)) {
            if (exported.isEmpty() && entries.findAny().isPresent()) {
                throw CommandFailure.refused(
                        path + " exists, and has no export. Name another directory with --out, or pass --overwrite.");
            }
        }
        List<String> changed = exported.entrySet().stream()
                .filter(file -> isChanged(path.resolve(file.getKey()), file.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!changed.isEmpty()) {
            throw CommandFailure.refused("In " + path + " you have changed " + String.join(", ", changed)
                    + ". To lose the changes, pass --overwrite; to keep them, name another directory with --out.");
        }
    }

    private Map<String, String> recorded() throws IOException {
        Path file = path.resolve(RECORD);
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return JsonFields.read(Files.readString(file), fields -> fields.map("files", JsonFields::text));
        } catch (MalformedJsonException malformed) {
            return Map.of();
        }
    }

    private static boolean isChanged(Path file, String hash) {
        try {
            return Files.exists(file) && !hash(Files.readString(file)).equals(hash);
        } catch (IOException unreadable) {
            return true;
        }
    }

    private static String hash(String text) {
        return new Sha256().add(text).hex(HASH_DIGITS);
    }

    /** Writes the text files, and copies the files to upload. Files of an earlier export are deleted. */
    void write(Map<String, String> texts, List<Upload> uploads) throws IOException {
        for (String earlier : recorded().keySet()) {
            if (!texts.containsKey(earlier)) {
                Files.deleteIfExists(path.resolve(earlier));
            }
        }
        Path bundle = path.resolve(ExportPackage.BUNDLE);
        FileTree.delete(bundle);
        for (Upload upload : uploads) {
            Path target = bundle.resolve(upload.path());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            if (upload.form() == Upload.Form.MODULES) {
                ModuleTree.of(upload.source()).zip(target);
            } else if (!Files.exists(target)) {
                FileTree.copy(upload.source(), target);
            }
        }
        Map<String, String> hashes = new TreeMap<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = path.resolve(text.getKey());
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text.getValue(), StandardCharsets.UTF_8);
            if (text.getKey().endsWith(".sh") && !file.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + file + " executable");
            }
            hashes.put(text.getKey(), hash(text.getValue()));
        }
        Files.writeString(
                path.resolve(RECORD), JsonWriter.pretty(new JsonMap().with("files", new LinkedHashMap<>(hashes))));
    }
}
