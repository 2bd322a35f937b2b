package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;
import software.amazon.awssdk.core.ResponseBytes;

/** A workspace below a prefix of a bucket; outputs may lie in other buckets too. */
public final class S3Workspace implements Workspace {
    private final AwsContext aws;
    private final S3Uri root;
    private final TransferListener listener;

    /** What is asked of AWS. */
    interface Call<T> {
        T make() throws IOException;
    }

    /**
     * Keeps its things in this bucket.
     *
     * @param keyPrefix what the keys of the workspace begin with: empty, or ended by a slash
     */
    public S3Workspace(AwsContext aws, String bucket, String keyPrefix, TransferListener listener) {
        this.aws = Objects.requireNonNull(aws, "aws");
        this.root = new S3Uri(bucket, keyPrefix.replaceAll("^/+|/+$", ""));
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** The bucket, and where the workspace is but a part of it that part: scripts of the original form put {@code s3a://} before it. */
    @Override
    public String name() {
        return root.key().isEmpty() ? root.bucket() : root.bucket() + "/" + root.key();
    }

    @Override
    public String uri(String path) {
        return inside(path).toString();
    }

    /** The same texts, for writers who must not get in one another's way. */
    public VersionedStore shared() {
        return new S3VersionedStore(aws, root);
    }

    @Override
    public void upload(Path source, String path) throws IOException {
        new S3Upload(aws, source, inside(path), listener).carryOut(namesContent(path));
    }

    /** What keeps its own name, as inputs of the original form do, lies directly below {@code input/}. */
    private static boolean namesContent(String path) {
        return !path.matches("input/[^/]+");
    }

    @Override
    public void write(String path, byte[] content) {
        new S3Objects(aws).write(inside(path), content);
    }

    @Override
    public Optional<byte[]> read(String path) {
        return new S3Objects(aws).read(inside(path)).map(ResponseBytes::asByteArray);
    }

    @Override
    public List<String> children(String path) {
        return new S3Listing(aws).names(inside(path));
    }

    @Override
    public Optional<OutputSummary> summary(String uri) throws IOException {
        S3Output output = new S3Output(aws, S3Uri.of(uri));
        return told(output::summary);
    }

    @Override
    public void sideBySide(List<Runnable> looks) throws IOException {
        BoundedParallel.run(
                looks.stream().<BoundedParallel.Work>map(look -> look::run).toList());
    }

    /** Markers and halves of results count too: somebody may want them. */
    @Override
    public boolean holdsSomething(String uri) throws IOException {
        S3Output output = new S3Output(aws, S3Uri.of(uri));
        return told(output::holdsSomething);
    }

    @Override
    public void clear(String uri) throws IOException {
        S3Uri place = S3Uri.of(uri);
        refuseMoreThanAnOutput(place);
        told(() -> {
            new S3Removal(aws).remove(place.bucket(), new S3Output(aws, place).all());
            return Boolean.TRUE;
        });
    }

    /** A mistyped output must not cost somebody more than an output. */
    private void refuseMoreThanAnOutput(S3Uri place) throws IOException {
        boolean holdsUs = place.bucket().equals(root.bucket()) && root.folder().startsWith(place.folder());
        boolean topOfOurs = place.bucket().equals(root.bucket())
                && place.key().startsWith(root.folder())
                && !place.key().substring(root.folder().length()).contains("/");
        if (place.key().isEmpty() || holdsUs || topOfOurs) {
            throw new IOException(place
                    + " is not emptied to make room for an output, for much else may be there. Name a folder of its"
                    + " own for the output.");
        }
    }

    @Override
    public void fetch(String uri, Path directory) throws IOException {
        new S3Download(aws, listener).fetch(uri, directory);
    }

    /**
     * What AWS refuses of a place that a step names is a matter of that step; that AWS does not answer, or that credentials have ended, says nothing
     * about it.
     */
    static <T> T told(Call<T> call) throws IOException {
        try {
            return call.make();
        } catch (AwsException fault) {
            if (fault.is(Kind.DENIED) || fault.is(Kind.ABSENT) || fault.is(Kind.INVALID)) {
                throw new IOException(fault.sentence(), fault);
            }
            throw fault;
        }
    }

    private S3Uri inside(String path) {
        if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException(path + " leads out of the workspace " + root);
        }
        return root.below(path);
    }
}
