package org.emrelay.runner.platform.aws.resource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a workspace directory keeps its own id, by which its things on AWS are named, and the ledgers of its clusters. */
public final class WorkspaceIdentity {
    private static final String FOLDER = "cluster-fleet";
    private static final String ID_FILE = "workspace-id";
    private static final String PREFIX = "emr-";
    private static final String ENDING = ".jsonl";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");

    private final Path folder;

    /**
     * That of a workspace's directory, which need not be there.
     *
     * @param workspace the workspace's directory
     */
    public WorkspaceIdentity(Path workspace) {
        this.folder = workspace.resolve(FOLDER);
    }

    /** The workspace's id; empty when nothing was ever made on AWS from here. */
    public Optional<String> find() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            String id = Files.readString(file(), StandardCharsets.US_ASCII).strip();
            if (!ID.matcher(id).matches()) {
                throw new IOException(
                        file() + " does not hold the id of a workspace: eight hexadecimal digits. Put back"
                                + " the one that the tag emrelay:workspace of your clusters shows.");
            }
            return Optional.of(id);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** The workspace's id, made up when it has none. */
    public String findOrMake(RandomGenerator random) throws IOException {
        Optional<String> known = find();
        if (known.isPresent()) {
            return known.get();
        }
        String id = String.format("%08x", random.nextInt());
        Files.createDirectories(folder);
        try {
            Files.writeString(
                    file(),
                    id + "\n",
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.DSYNC);
            return id;
        } catch (FileAlreadyExistsException another) {
            return find().orElse(id);
        }
    }

    private Path file() {
        return folder.resolve(ID_FILE);
    }

    /** Where the ledger of a cluster lies. */
    public Path ledger(String region, String cluster) {
        return folder.resolve(PREFIX + region + "@" + cluster + ENDING);
    }

    /**
     * Where the ledger of a cluster lies that may be another workspace's: what becomes of that one's must not be written into that of our own cluster of
     * the same name.
     */
    public Path ledger(String region, String workspace, String cluster) throws IOException {
        return find().filter(own -> !own.equals(workspace)).isPresent()
                ? folder.resolve("of-" + workspace + "-" + region + "@" + cluster + ENDING)
                : ledger(region, cluster);
    }

    /** The names of the clusters that ledgers tell of, of all regions. */
    public List<String> clusters() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX) && name.endsWith(ENDING) && name.contains("@"))
                    .map(name -> name.substring(name.indexOf('@') + 1, name.length() - ENDING.length()))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }
}
