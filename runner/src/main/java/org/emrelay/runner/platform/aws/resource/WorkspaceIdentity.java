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

/** The ID of a workspace and the paths of its resource journals. AWS resource names derive from the ID. */
public final class WorkspaceIdentity {
    private static final String FOLDER = "cluster-fleet";
    private static final String ID_FILE = "workspace-id";
    private static final String PREFIX = "emr-";
    private static final String STREAM_PREFIX = "stream-";
    private static final String EXTENSION = ".jsonl";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");

    private final Path folder;

    /** @param workspace the workspace's directory; it may not exist yet */
    public WorkspaceIdentity(Path workspace) {
        this.folder = workspace.resolve(FOLDER);
    }

    /** The workspace ID; empty when this workspace has never created anything on AWS. */
    public Optional<String> findId() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            String id = Files.readString(file(), StandardCharsets.US_ASCII).strip();
            if (!ID.matcher(id).matches()) {
                throw new IOException(
                        file() + " does not contain a workspace ID of eight hexadecimal digits. Restore it"
                                + " from the tag emrelay:workspace of your clusters.");
            }
            return Optional.of(id);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    /** The workspace ID; created at random when there is none. */
    public String findOrCreateId(RandomGenerator random) throws IOException {
        Optional<String> existing = findId();
        if (existing.isPresent()) {
            return existing.get();
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
        } catch (FileAlreadyExistsException concurrent) {
            return findId().orElse(id);
        }
    }

    private Path file() {
        return folder.resolve(ID_FILE);
    }

    /** The path of a cluster's resource journal. */
    public Path journalPath(String region, String cluster) {
        return folder.resolve(PREFIX + region + "@" + cluster + EXTENSION);
    }

    /**
     * The path of the journal of a cluster that may belong to another workspace. Such a cluster has its own journal,
     * so its events do not mix with those of our cluster of the same name.
     */
    public Path journalPath(String region, String workspace, String cluster) throws IOException {
        return findId().filter(ownId -> !ownId.equals(workspace)).isPresent()
                ? folder.resolve("of-" + workspace + "-" + region + "@" + cluster + EXTENSION)
                : journalPath(region, cluster);
    }

    /** The path of a stream's resource journal. */
    public Path streamJournalPath(String region, String stream) {
        return folder.resolve(STREAM_PREFIX + region + "@" + stream + EXTENSION);
    }

    /** The names of the clusters with a journal, in all regions. */
    public List<String> clusterNames() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX) && name.endsWith(EXTENSION) && name.contains("@"))
                    .map(name -> name.substring(name.indexOf('@') + 1, name.length() - EXTENSION.length()))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }
}
