package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.DeletionGuard;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.OutputContents;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.StoredFile;
import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;
import software.amazon.awssdk.core.ResponseBytes;

/** A workspace below a key prefix of a bucket. Outputs may be in other buckets. */
public final class S3Workspace implements Workspace {
    private final AwsContext aws;
    private final S3Uri root;
    private final TransferListener listener;
    private final Notices notices;

    /** A call to AWS. */
    interface AwsCall<T> {
        T execute() throws IOException;
    }

    /** @param keyPrefix the key prefix of the workspace: empty, or with a trailing slash */
    public S3Workspace(AwsContext aws, String bucket, String keyPrefix, TransferListener listener, Notices notices) {
        this.aws = Objects.requireNonNull(aws, "aws");
        this.root = new S3Uri(bucket, keyPrefix.replaceAll("^/+|/+$", ""));
        this.listener = Objects.requireNonNull(listener, "listener");
        this.notices = Objects.requireNonNull(notices, "notices");
    }

    /** The bucket, followed by the key prefix if there is one. Legacy scripts prepend {@code s3a://}. */
    @Override
    public String name() {
        return root.key().isEmpty() ? root.bucket() : root.bucket() + "/" + root.key();
    }

    @Override
    public String uri(String path) {
        return resolve(path).toString();
    }

    /** The same files with conditional writes, for concurrent writers. */
    public VersionedStore versionedStore() {
        return new S3VersionedStore(aws, root);
    }

    @Override
    public void upload(Path source, String path) throws IOException {
        new S3Upload(aws, source, resolve(path), listener, notices, FileUpload::isConflict)
                .execute(isContentAddressed(path));
    }

    @Override
    public void requireOnly(String path, Set<String> names, String suffix) {
        S3Upload.refuse(list(path).stream()
                .filter(name -> name.endsWith(suffix) && !names.contains(name))
                .map(name -> uri(path + "/" + name))
                .toList());
    }

    /** Only files directly below {@code input/} keep their own names, as legacy inputs do. */
    private static boolean isContentAddressed(String path) {
        return !path.matches("input/[^/]+");
    }

    @Override
    public void write(String path, byte[] content) {
        new S3Objects(aws).write(resolve(path), content);
    }

    @Override
    public Optional<byte[]> read(String path) {
        return new S3Objects(aws).read(resolve(path)).map(ResponseBytes::asByteArray);
    }

    @Override
    public InputStream open(String path) throws IOException {
        return new S3Objects(aws).open(resolve(path)).orElseThrow(() -> new NoSuchFileException(uri(path)));
    }

    @Override
    public List<String> list(String path) {
        return new S3Objects(aws).childNames(resolve(path));
    }

    @Override
    public List<StoredFile> files(String path) {
        S3Uri directory = resolve(path);
        int prefix = directory.keyPrefix().length();
        return new S3Objects(aws)
                .listBelow(directory).stream()
                        .map(object -> new StoredFile(object.key().substring(prefix), object.size()))
                        .toList();
    }

    @Override
    public boolean acceptsOutput(String uri) {
        return S3Uri.parse(uri).isPresent();
    }

    @Override
    public Optional<OutputSummary> summary(String uri) throws IOException {
        S3Output output = new S3Output(aws, S3Uri.of(uri));
        return rejectionsAsIoException(output::summary);
    }

    @Override
    public void inParallel(List<? extends IoTask> tasks) throws IOException {
        BoundedParallel.run(tasks.stream()
                .<BoundedParallel.IoRunnable>map(task -> task::run)
                .toList());
    }

    @Override
    public OutputContents contents(String uri) throws IOException {
        S3Output output = new S3Output(aws, S3Uri.of(uri));
        return rejectionsAsIoException(output::contents);
    }

    @Override
    public void mark(String uri, String marker) throws IOException {
        S3Output output = new S3Output(aws, S3Uri.of(uri));
        rejectionsAsIoException(() -> {
            output.mark(marker);
            return Boolean.TRUE;
        });
    }

    @Override
    public void clear(String uri) throws IOException {
        S3Uri output = S3Uri.of(uri);
        requireOutputLocation(output);
        rejectionsAsIoException(() -> {
            new S3Objects(aws).delete(output.bucket(), new S3Output(aws, output).objects());
            return Boolean.TRUE;
        });
    }

    /** A mistyped output URI must never delete more than an output. */
    private void requireOutputLocation(S3Uri output) throws IOException {
        if (!new DeletionGuard(root.segments(), List.of()).allows(output.segments())) {
            throw new IOException(output
                    + " cannot be used as an output: it would be cleared with everything else in it. Use a folder of"
                    + " its own for the output.");
        }
    }

    @Override
    public void fetch(String uri, Path directory) throws IOException {
        new S3Download(aws, listener).fetch(uri, directory);
    }

    /**
     * Converts a rejection of a URI into an IOException, so only the step that names the URI fails. Outages and
     * expired credentials affect all steps and stay AwsExceptions.
     */
    static <T> T rejectionsAsIoException(AwsCall<T> call) throws IOException {
        try {
            return call.execute();
        } catch (AwsException fault) {
            if (fault.is(Kind.ACCESS_DENIED, Kind.NOT_FOUND, Kind.INVALID_REQUEST)) {
                throw new IOException(fault.message(), fault);
            }
            throw fault;
        }
    }

    private S3Uri resolve(String path) {
        if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException(path + " is outside the workspace " + root);
        }
        return root.resolve(path);
    }
}
