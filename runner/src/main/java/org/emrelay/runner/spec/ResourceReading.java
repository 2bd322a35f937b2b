package org.emrelay.runner.spec;

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
import org.emrelay.runner.model.NamedResource;
import org.emrelay.runner.model.Resource;
import org.jspecify.annotations.Nullable;

/** Reads lists of files that a step needs beside its script. */
final class ResourceReading {
    private static final Pattern GLOB = Pattern.compile(".*[*?\\[{].*", Pattern.DOTALL);
    private static final int DEEPEST = 16;
    private static final int MOST_MATCHES = 10_000;

    private final LocalFiles files;
    private final PlaceChecks places;
    private final Problems problems;

    ResourceReading(LocalFiles files, PlaceChecks places, Problems problems) {
        this.files = files;
        this.places = places;
        this.problems = problems;
    }

    /** One file, without globs; null when it is not there. */
    @Nullable
    Resource single(String text, String path) {
        if (LocalFiles.isUri(text)) {
            checkComma(text, path);
            return places.checkUri(text, path) ? new Resource.Remote(text) : null;
        }
        Path file = files.file(text, path);
        return file == null ? null : local(file, path);
    }

    /** All that the list names, globs of this machine put out in full; null when the list itself is. */
    @Nullable
    List<Resource> list(@Nullable List<TextAt> texts) {
        if (texts == null) {
            return null;
        }
        Set<Resource> resources = new LinkedHashSet<>();
        texts.forEach(text -> resources.addAll(expanded(text.text(), text.path())));
        return List.copyOf(resources);
    }

    /** As {@link #list}, where {@code file#name} gives a file another name. */
    @Nullable
    List<NamedResource> named(@Nullable List<TextAt> texts) {
        if (texts == null) {
            return null;
        }
        List<NamedResource> resources = new ArrayList<>();
        for (TextAt written : texts) {
            String text = written.text();
            int hash = text.lastIndexOf('#');
            String alias = hash < 0 ? "" : text.substring(hash + 1);
            if (hash >= 0 && !alias.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
                problems.error(
                        written.path(),
                        "'" + RecordReader.shortened(alias) + "' cannot be a file's name in the step's directory.",
                        "Write file#name.");
                continue;
            }
            for (Resource resource : expanded(hash < 0 ? text : text.substring(0, hash), written.path())) {
                resources.add(new NamedResource(resource, alias));
            }
        }
        return resources;
    }

    private List<Resource> expanded(String text, String path) {
        if (!LocalFiles.isUri(text) && GLOB.matcher(text).matches()) {
            Path pattern = files.resolve(text, path);
            if (pattern != null && !Files.exists(pattern)) {
                return matches(pattern, path);
            }
        }
        Resource resource = single(text, path);
        return resource == null ? List.of() : List.of(resource);
    }

    private List<Resource> matches(Path pattern, String path) {
        Path start = LocalFiles.parentOf(pattern);
        while (GLOB.matcher(start.toString()).matches() && start.getParent() != null) {
            start = start.getParent();
        }
        if (!Files.isDirectory(start)) {
            problems.error(path, "nothing matches " + pattern + ".", "There is no directory " + start + ".");
            return List.of();
        }
        List<Resource> found = new ArrayList<>();
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
                    "'" + RecordReader.shortened(pattern.toString()) + "' is no valid pattern of file names.",
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

    private Resource local(Path file, String path) {
        String name = LocalFiles.nameOf(file);
        places.checkText(name, path);
        checkComma(name, path);
        return new Resource.Local(file);
    }

    private void checkComma(String name, String path) {
        if (name.contains(",")) {
            problems.error(
                    path,
                    "'" + RecordReader.shortened(name) + "' has a comma, by which Spark separates files.",
                    "Rename the file.");
        }
    }
}
