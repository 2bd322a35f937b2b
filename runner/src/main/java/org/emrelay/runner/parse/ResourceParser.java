package org.emrelay.runner.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.NamedResource;
import org.jspecify.annotations.Nullable;

/** Reads lists of files that a step needs beside its script. */
final class ResourceParser {
    private static final Pattern GLOB = Pattern.compile(".*[*?\\[{].*", Pattern.DOTALL);
    private static final int DEEPEST = 16;
    private static final int MOST_MATCHES = 10_000;

    private final LocalFiles files;
    private final UriChecks places;
    private final Problems problems;

    ResourceParser(LocalFiles files, UriChecks places, Problems problems) {
        this.files = files;
        this.places = places;
        this.problems = problems;
    }

    /** One file, without globs; null when it is not there. */
    @Nullable
    FileRef single(String text, String path) {
        if (LocalFiles.isUri(text)) {
            checkComma(text, path);
            return places.checkUri(text, path) ? new FileRef.Remote(text) : null;
        }
        Path file = files.file(text, path);
        return file == null ? null : local(file, path);
    }

    /** All that the list names, globs of this machine put out in full; null when the list itself is. */
    @Nullable
    List<FileRef> list(@Nullable List<LocatedString> texts) {
        if (texts == null) {
            return null;
        }
        Set<FileRef> resources = new LinkedHashSet<>();
        texts.forEach(text -> resources.addAll(expanded(text.text(), text.path())));
        return List.copyOf(resources);
    }

    /** As {@link #list}, where {@code file#name} gives a file another name. */
    @Nullable
    List<NamedResource> named(@Nullable List<LocatedString> texts) {
        if (texts == null) {
            return null;
        }
        List<NamedResource> resources = new ArrayList<>();
        for (LocatedString written : texts) {
            String text = written.text();
            int hash = text.lastIndexOf('#');
            String alias = hash < 0 ? "" : text.substring(hash + 1);
            if (hash >= 0 && !alias.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
                problems.error(
                        written.path(),
                        "'" + RecordBinder.shortened(alias) + "' cannot be a file's name in the step's directory.",
                        "Write file#name.");
                continue;
            }
            for (FileRef resource : expanded(hash < 0 ? text : text.substring(0, hash), written.path())) {
                resources.add(new NamedResource(resource, alias));
            }
        }
        return resources;
    }

    private List<FileRef> expanded(String text, String path) {
        if (!LocalFiles.isUri(text) && GLOB.matcher(text).matches()) {
            Path pattern = files.resolve(text, path);
            if (pattern != null && !Files.exists(pattern)) {
                return matches(pattern, path);
            }
        }
        FileRef resource = single(text, path);
        return resource == null ? List.of() : List.of(resource);
    }

    private List<FileRef> matches(Path pattern, String path) {
        Path start = LocalFiles.parentOf(pattern);
        while (GLOB.matcher(start.toString()).matches() && start.getParent() != null) {
            start = start.getParent();
        }
        if (!Files.isDirectory(start)) {
            problems.error(path, "nothing matches " + pattern + ".", "There is no directory " + start + ".");
            return List.of();
        }
        List<FileRef> found = new ArrayList<>();
        try (Stream<Path> below = Files.walk(start, depth(start, pattern))) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + start.relativize(pattern));
            Path root = start;
            below.filter(file -> matcher.matches(root.relativize(file)) && Files.isRegularFile(file))
                    .limit(MOST_MATCHES)
                    .sorted()
                    .forEach(file -> found.add(local(file, path)));
        } catch (PatternSyntaxException exception) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(pattern.toString()) + "' is no valid pattern of file names.",
                    "");
            return List.of();
        } catch (IOException | UncheckedIOException exception) {
            problems.error(path, "the files below " + start + " cannot be listed.", "Look at its permissions.");
            return List.of();
        }
        if (found.isEmpty()) {
            problems.error(path, "nothing matches " + pattern + ".", "");
        }
        return found;
    }

    private static int depth(Path start, Path pattern) {
        return pattern.toString().contains("**") ? DEEPEST : pattern.getNameCount() - start.getNameCount();
    }

    private FileRef local(Path file, String path) {
        String name = LocalFiles.nameOf(file);
        places.checkText(name, path);
        checkComma(name, path);
        return new FileRef.Local(file);
    }

    private void checkComma(String name, String path) {
        if (name.contains(",")) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(name) + "' has a comma, by which Spark separates files.",
                    "Rename the file.");
        }
    }
}
