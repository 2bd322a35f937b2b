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

/** Texts below a place in a bucket, written with S3's conditions: of two writers one wins, wherever they are. */
final class S3VersionedStore implements VersionedStore {
    /** Kept with each object: by it a writer whose answer was lost knows its own object again. */
    private static final String WRITE = "write";

    private static final Duration CONFLICT_AT_MOST = Duration.ofMinutes(1);

    private final AwsContext aws;
    private final S3Uri root;

    S3VersionedStore(AwsContext aws, S3Uri root) {
        this.aws = Objects.requireNonNull(aws, "aws");
        this.root = Objects.requireNonNull(root, "root");
    }

    @Override
    public Optional<Stored> read(String path) throws IOException {
        S3Uri place = root.below(path);
        Optional<ResponseBytes<GetObjectResponse>> content = new S3Objects(aws).read(place);
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(new Stored(
                        text(content.get().asByteArrayUnsafe(), place),
                        content.get().response().eTag()));
    }

    private static String text(byte[] bytes, S3Uri place) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException exception) {
            throw new IOException(
                    place
                            + " is no UTF-8 text, so something else than this program wrote it. Put it right or remove it.",
                    exception);
        }
    }

    @Override
    public Map<String, Stored> readAll(List<String> paths) throws IOException {
        Map<String, Stored> read = new ConcurrentHashMap<>();
        List<BoundedParallel.Work> work = new ArrayList<>();
        for (String path : paths) {
            work.add(() -> read(path).ifPresent(stored -> read.put(path, stored)));
        }
        BoundedParallel.run(work);
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

    /** S3 says 409 while somebody else is writing: which of the two has won, it says when asked again. */
    private boolean write(String path, String text, Consumer<PutObjectRequest.Builder> condition) {
        S3Uri place = root.below(path);
        String write = UUID.randomUUID().toString();
        AtomicInteger asked = new AtomicInteger();
        try {
            aws.patience().ask("write " + place, fault -> fault.is(Kind.IN_USE), CONFLICT_AT_MOST, () -> {
                asked.incrementAndGet();
                return aws.clients()
                        .s3()
                        .putObject(
                                request -> condition.accept(request.bucket(place.bucket())
                                        .key(place.key())
                                        .metadata(Map.of(WRITE, write))),
                                RequestBody.fromString(text));
            });
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ALREADY_THERE) || S3Objects.isNotThere(fault)) {
                return asked.get() > 1 && isOurs(place, write);
            }
            throw fault;
        }
    }

    /** An earlier request of this very write may have arrived although its answer did not. */
    private boolean isOurs(S3Uri place, String write) {
        try {
            return aws.patience()
                    .ask(
                            "look at " + place,
                            () -> aws.clients()
                                    .s3()
                                    .headObject(request ->
                                            request.bucket(place.bucket()).key(place.key())))
                    .metadata()
                    .getOrDefault(WRITE, "")
                    .equals(write);
        } catch (AwsException fault) {
            if (S3Objects.isNotThere(fault)) {
                return false;
            }
            throw fault;
        }
    }

    @Override
    public List<String> children(String path) {
        return new S3Listing(aws).names(root.below(path));
    }
}
