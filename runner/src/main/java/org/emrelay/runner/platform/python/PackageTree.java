package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of installed packages, without what depends on this machine or is of no use on a node.
 *
 * @param files by their names relative to the directory of the packages
 */
record PackageTree(SortedMap<String, Path> files) {
    private static final Pattern LEFT_OUT = Pattern.compile(
            "bin/.*|\\.lock|(.*/)?__pycache__/.*|.*\\.pyc|pyspark-[^/]*\\.dist-info/.*"
                    + "|[^/]*\\.dist-info/(direct_url\\.json|uv_cache\\.json|uv_build\\.json|INSTALLER|REQUESTED|RECORD)");

    /** Chooses the packages when Python starts, by the processor of the node. */
    private static final String SITE_CUSTOMIZE = "sitecustomize.py";

    PackageTree {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static PackageTree of(Path directory) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            tree.filter(Files::isRegularFile).forEach(file -> {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (!LEFT_OUT.matcher(name).matches()) {
                    files.put(name, file);
                }
            });
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
        return new PackageTree(files);
    }

    /** Writes a zip with the packages of all kinds of nodes: once if they are the same, else a directory for each kind. */
    static void zip(SortedMap<NodeType, PackageTree> trees, Path target) throws IOException {
        PackageTree first = trees.get(trees.firstKey());
        boolean isSame = true;
        for (PackageTree tree : trees.values()) {
            isSame &= Objects.requireNonNull(first).hasSameContent(tree);
        }
        try (SteadyZip zip = SteadyZip.createCompressed(target)) {
            if (isSame) {
                Objects.requireNonNull(first).addTo(zip, "");
                return;
            }
            zip.add(SITE_CUSTOMIZE, siteCustomize());
            for (Map.Entry<NodeType, PackageTree> tree : trees.entrySet()) {
                tree.getValue().addTo(zip, tree.getKey().machine() + "/");
            }
        }
    }

    private void addTo(SteadyZip zip, String prefix) throws IOException {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            zip.add(prefix + file.getKey(), Files.readAllBytes(file.getValue()));
        }
    }

    private boolean hasSameContent(PackageTree other) throws IOException {
        if (!files.keySet().equals(other.files.keySet())) {
            return false;
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (Files.mismatch(file.getValue(), Objects.requireNonNull(other.files.get(file.getKey()))) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] siteCustomize() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(PackageTree.class.getResourceAsStream(SITE_CUSTOMIZE), SITE_CUSTOMIZE)) {
            return script.readAllBytes();
        }
    }
}
