package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.OutputFiles;
import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;

/** Downloads S3 objects in parallel and resumes interrupted downloads. */
public final class S3Download {
    private final AwsContext aws;
    private final TransferListener listener;

    public S3Download(AwsContext aws, TransferListener listener) {
        this.aws = Objects.requireNonNull(aws, "aws");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** Lists the objects at a URI; empty when there are none. */
    public Optional<S3Content> find(String uri) throws IOException {
        S3Uri location = S3Uri.of(uri);
        return S3Workspace.rejectionsAsIoException(() -> find(location));
    }

    /** Downloads the current objects at a URI, as {@link #fetch(S3Content, Path)} does. */
    public Path fetch(String uri, Path directory) throws IOException {
        S3Content content = find(uri)
                .orElseThrow(
                        () -> new IOException(uri + " does not exist: there is no object with this key or below it."));
        return fetch(content, directory);
    }

    private Optional<S3Content> find(S3Uri location) {
        S3Objects objects = new S3Objects(aws);
        List<S3Content.Item> items = itemsBelow(location, objects.listBelow(location));
        Optional<S3Object> object =
                items.isEmpty() && !location.key().isEmpty() ? objects.find(location) : Optional.empty();
        if (object.isPresent()) {
            return Optional.of(
                    new S3Content(location, false, List.of(new S3Content.Item(location.name(), object.get()))));
        }
        return items.isEmpty() ? Optional.empty() : Optional.of(new S3Content(location, true, items));
    }

    /** Skips markers of folders and outputs, and Hadoop's {@code .crc} files, which are only valid on the disk they were written to. */
    private static List<S3Content.Item> itemsBelow(S3Uri location, List<S3Object> objects) {
        Set<String> keys = new HashSet<>();
        objects.forEach(object -> keys.add(object.key()));
        List<S3Content.Item> items = new ArrayList<>();
        for (S3Object object : objects) {
            boolean isEmptyMarker = object.isFolderMarker() && object.size() == 0;
            boolean isOutputMarker = object.key().equals(location.keyPrefix() + OutputFiles.MARKER);
            if (!isEmptyMarker && !isOutputMarker && !isChecksum(object.key(), keys)) {
                items.add(new S3Content.Item(
                        object.key().substring(location.keyPrefix().length()), object));
            }
        }
        return items;
    }

    private static boolean isChecksum(String key, Set<String> keys) {
        int nameStart = key.lastIndexOf('/') + 1;
        return OutputFiles.isChecksumName(key.substring(nameStart))
                && keys.contains(key.substring(0, nameStart) + OutputFiles.checksummedFile(key.substring(nameStart)));
    }

    /**
     * Downloads content and atomically replaces the directory with it: a folder's objects keep their relative paths,
     * a single object its name. Resumes an interrupted download. Fails when an object changes during the download.
     *
     * @return the directory, or the single file in it
     */
    public Path fetch(S3Content content, Path directory) throws IOException {
        KeyPathCheck paths = new KeyPathCheck();
        content.items().forEach(item -> paths.add(item.path()));
        paths.requireValid(content.location());
        try (Staging staging = Staging.open(directory)) {
            staging.retainOnly(content);
            TransferCounter counter = new TransferCounter(listener, "fetch of " + content.name(), content.bytes());
            List<BoundedParallel.IoRunnable> tasks = new ArrayList<>();
            for (S3Content.Item item : content.items()) {
                S3Uri location =
                        new S3Uri(content.location().bucket(), item.object().key());
                tasks.addAll(new ObjectDownload(aws, location, item.object(), staging.partFile(item), counter)
                        .remainingWork());
            }
            S3Workspace.rejectionsAsIoException(() -> {
                BoundedParallel.run(tasks);
                return Boolean.TRUE;
            });
            staging.publish();
        }
        return content.isFolder() ? directory : directory.resolve(content.name());
    }
}
