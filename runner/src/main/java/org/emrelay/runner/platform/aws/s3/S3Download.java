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

/** Copies what lies in a bucket to this machine: side by side, and from where an earlier attempt stopped. */
public final class S3Download {
    private final AwsContext aws;
    private final TransferListener listener;

    public S3Download(AwsContext aws, TransferListener listener) {
        this.aws = Objects.requireNonNull(aws, "aws");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** Looks what there is to copy, which costs a listing alone; empty when nothing is there. */
    public Optional<S3Content> look(String uri) throws IOException {
        S3Uri place = S3Uri.of(uri);
        return S3Workspace.told(() -> find(place));
    }

    /** Copies what is there now, as {@link #fetch(S3Content, Path)} does. */
    public Path fetch(String uri, Path directory) throws IOException {
        S3Content content = look(uri)
                .orElseThrow(() -> new IOException(
                        uri + " cannot be fetched: no object has this key, or one that begins with it and a slash."));
        return fetch(content, directory);
    }

    private Optional<S3Content> find(S3Uri place) {
        S3Listing listing = new S3Listing(aws);
        List<S3Content.Item> below = below(place, listing.below(place));
        Optional<S3Object> at = below.isEmpty() && !place.key().isEmpty() ? listing.at(place) : Optional.empty();
        if (at.isPresent()) {
            return Optional.of(new S3Content(place, false, List.of(new S3Content.Item(place.name(), at.get()))));
        }
        return below.isEmpty() ? Optional.empty() : Optional.of(new S3Content(place, true, below));
    }

    /** What only marks a folder is nothing, and checksums of Hadoop's are of use on the disk alone that it wrote them to. */
    private static List<S3Content.Item> below(S3Uri place, List<S3Object> objects) {
        Set<String> keys = new HashSet<>();
        objects.forEach(object -> keys.add(object.key()));
        List<S3Content.Item> items = new ArrayList<>();
        for (S3Object object : objects) {
            boolean marker = object.isFolder() && object.size() == 0;
            if (!marker && !isChecksum(object.key(), keys)) {
                items.add(
                        new S3Content.Item(object.key().substring(place.folder().length()), object));
            }
        }
        return items;
    }

    private static boolean isChecksum(String key, Set<String> keys) {
        int name = key.lastIndexOf('/') + 1;
        return OutputFiles.mayBeChecksum(key.substring(name))
                && keys.contains(key.substring(0, name) + OutputFiles.checked(key.substring(name)));
    }

    /**
     * Copies it to a directory, in the place of what is there: a folder's objects lie below it by their names, a single object in it by its own.
     * Nothing appears there before all is complete; what was begun and broke off is gone on with. Fails with a sentence when an object changes meanwhile.
     *
     * @return the directory, or the one file in it
     */
    public Path fetch(S3Content content, Path directory) throws IOException {
        KeyPathCheck paths = new KeyPathCheck();
        content.items().forEach(item -> paths.add(item.path()));
        paths.check(content.place());
        try (Staging staging = Staging.open(directory)) {
            staging.keepOnly(content);
            TransferCounter transfer = new TransferCounter(listener, "fetch of " + content.name(), content.bytes());
            List<BoundedParallel.Work> work = new ArrayList<>();
            for (S3Content.Item item : content.items()) {
                S3Uri place = new S3Uri(content.place().bucket(), item.object().key());
                work.addAll(new ObjectDownload(aws, place, item.object(), staging.part(item), transfer).missing());
            }
            S3Workspace.told(() -> {
                BoundedParallel.run(work);
                return Boolean.TRUE;
            });
            staging.land();
        }
        return content.isFolder() ? directory : directory.resolve(content.name());
    }
}
