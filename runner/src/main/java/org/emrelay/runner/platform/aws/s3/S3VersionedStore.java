package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A {@link VersionedStore} in S3, based on conditional writes. */
record S3VersionedStore(AwsContext aws, S3Uri root) implements VersionedStore {
    /** Object metadata by which a writer recognizes its own object after a lost response. */
    private static final String WRITE_ID = "write";

    private static final Duration CONFLICT_BUDGET = Duration.ofMinutes(1);

    S3VersionedStore {
        Objects.requireNonNull(aws, "aws");
        Objects.requireNonNull(root, "root");
    }

    @Override
    public Optional<VersionedText> read(String path) throws IOException {
        S3Uri uri = root.resolve(path);
        Optional<ResponseBytes<GetObjectResponse>> content = new S3Objects(aws).read(uri);
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(new VersionedText(
                        text(content.get().asByteArrayUnsafe(), uri),
                        content.get().response().eTag()));
    }

    private static String text(byte[] bytes, S3Uri uri) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException exception) {
            throw new IOException(
                    uri + " is not UTF-8 text, so another program wrote it. Fix or delete it.", exception);
        }
    }

    @Override
    public Map<String, VersionedText> readAll(List<String> paths) throws IOException {
        Map<String, VersionedText> read = new ConcurrentHashMap<>();
        List<BoundedParallel.IoRunnable> tasks = new ArrayList<>();
        for (String path : paths) {
            tasks.add(() -> read(path).ifPresent(stored -> read.put(path, stored)));
        }
        BoundedParallel.run(tasks);
        return Map.copyOf(read);
    }

    @Override
    public boolean create(String path, String text) {
        return write(path, text, request -> request.ifNoneMatch("*"));
    }

    @Override
    public boolean replace(String path, String text, String version) {
        return write(path, text, request -> request.ifMatch(version));
    }

    /** S3 returns 409 during a concurrent write; a retry shows which writer has won. */
    private boolean write(String path, String text, Consumer<PutObjectRequest.Builder> condition) {
        S3Uri uri = root.resolve(path);
        String writeId = UUID.randomUUID().toString();
        AtomicInteger attempts = new AtomicInteger();
        try {
            aws.call("write " + uri, fault -> fault.is(Kind.CONFLICT), CONFLICT_BUDGET, () -> {
                attempts.incrementAndGet();
                return aws.s3()
                        .putObject(
                                request -> condition.accept(request.bucket(uri.bucket())
                                        .key(uri.key())
                                        .metadata(Map.of(WRITE_ID, writeId))),
                                RequestBody.fromString(text));
            });
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ALREADY_EXISTS) || S3Objects.isObjectNotFound(fault)) {
                return attempts.get() > 1 && isOwnWrite(uri, writeId);
            }
            throw fault;
        }
    }

    /** An earlier attempt may have succeeded although its response was lost. */
    private boolean isOwnWrite(S3Uri uri, String writeId) {
        return new S3Objects(aws)
                .metadata(uri)
                .filter(metadata -> writeId.equals(metadata.get(WRITE_ID)))
                .isPresent();
    }

    @Override
    public List<String> list(String path) {
        return new S3Objects(aws).childNames(root.resolve(path));
    }
}
