package org.emrelay.runner.platform.aws.s3;

import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Lists and deletes objects, and reads and writes small ones in one call. */
record S3Objects(AwsContext aws) {
    /** The limit of DeleteObjects. */
    private static final int MAX_KEYS_PER_DELETION = 1000;

    /** 20,000 objects. */
    private static final int MAX_PAGES_OF_SIZE = 20;

    private static final Duration DELETION_BUDGET = Duration.ofMinutes(2);

    /** Transient errors of single objects inside a successful DeleteObjects response. */
    private static final Set<String> RETRYABLE_CODES = Set.of("InternalError", "SlowDown", "ServiceUnavailable");

    /** All objects whose key starts with the URI's key and a slash, in key order. */
    List<S3Object> listBelow(S3Uri uri) {
        return pages(uri, request -> request.prefix(uri.keyPrefix()))
                .flatMap(page -> objects(page).stream())
                .toList();
    }

    /** The number and size of the objects below the URI on the first pages. */
    BucketSize size(S3Uri uri) {
        long objects = 0;
        long bytes = 0;
        Iterator<ListObjectsV2Response> pages =
                pages(uri, request -> request.prefix(uri.keyPrefix())).iterator();
        for (int page = 0; page < MAX_PAGES_OF_SIZE && pages.hasNext(); page++) {
            for (S3Object object : objects(pages.next())) {
                objects++;
                bytes += object.size();
            }
        }
        return new BucketSize(objects, bytes, !pages.hasNext());
    }

    /** The object with exactly this key, which S3 lists before all others with this prefix. */
    Optional<S3Object> find(S3Uri uri) {
        return firstObject(uri, uri.key()).filter(object -> object.key().equals(uri.key()));
    }

    private Optional<S3Object> firstObject(S3Uri uri, String prefix) {
        return pages(uri, request -> request.prefix(prefix).maxKeys(1))
                .limit(1)
                .flatMap(page -> objects(page).stream())
                .findFirst();
    }

    /** The names directly below the URI. */
    List<String> childNames(S3Uri uri) {
        TreeSet<String> names = new TreeSet<>();
        int prefixLength = uri.keyPrefix().length();
        pages(uri, request -> request.prefix(uri.keyPrefix()).delimiter("/")).forEach(page -> {
            page.contents().forEach(object -> names.add(object.key().substring(prefixLength)));
            page.commonPrefixes()
                    .forEach(folder -> names.add(folder.prefix()
                            .substring(prefixLength, folder.prefix().length() - 1)));
        });
        names.remove("");
        return List.copyOf(names);
    }

    /** Keys are URL-encoded in transit, because XML cannot represent all of them. The SDK decodes them. */
    private Stream<ListObjectsV2Response> pages(S3Uri uri, Consumer<ListObjectsV2Request.Builder> customizer) {
        return aws.pages(
                "list " + uri,
                aws.s3()
                        .listObjectsV2Paginator(request ->
                                customizer.accept(request.bucket(uri.bucket()).encodingType(EncodingType.URL))));
    }

    private static List<S3Object> objects(ListObjectsV2Response page) {
        return page.contents().stream()
                .map(object -> new S3Object(object.key(), object.size(), object.eTag()))
                .toList();
    }

    Optional<ResponseBytes<GetObjectResponse>> read(S3Uri uri) {
        return ifExists(() -> aws.call(
                "read " + uri,
                () -> aws.s3()
                        .getObjectAsBytes(
                                request -> request.bucket(uri.bucket()).key(uri.key()))));
    }

    /** Opens an object for reading in sequence. A connection that breaks half-way is an IOException of the stream. */
    Optional<InputStream> open(S3Uri uri) {
        return ifExists(() -> aws.call(
                "read " + uri,
                () -> aws.s3().getObject(request -> request.bucket(uri.bucket()).key(uri.key()))));
    }

    /** The object's own metadata; empty if it does not exist. */
    Optional<Map<String, String>> metadata(S3Uri uri) {
        return ifExists(() -> aws.call(
                        "read the metadata of " + uri,
                        () -> aws.s3()
                                .headObject(
                                        request -> request.bucket(uri.bucket()).key(uri.key())))
                .metadata());
    }

    /** An object's headers with its checksum; empty if it does not exist. A refusal of HEAD does not say which permission is missing. */
    Optional<HeadObjectResponse> describe(S3Uri uri) {
        return ifExists(() -> aws.call(
                "read the checksum of " + uri + " (HeadObject: needs s3:GetObject, with a KMS key kms:Decrypt)",
                () -> aws.s3()
                        .headObject(request ->
                                request.bucket(uri.bucket()).key(uri.key()).checksumMode(ChecksumMode.ENABLED))));
    }

    private static <T> Optional<T> ifExists(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsException fault) {
            if (isObjectNotFound(fault)) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    void write(S3Uri uri, byte[] content) {
        aws.call(
                "write " + uri,
                () -> aws.s3()
                        .putObject(
                                request -> request.bucket(uri.bucket()).key(uri.key()),
                                RequestBody.fromBytes(content)));
    }

    /** A missing bucket is a different error. */
    static boolean isObjectNotFound(AwsException fault) {
        return fault.is(Kind.NOT_FOUND) && !fault.code().equals("NoSuchBucket");
    }

    /** Deletes objects in batches. */
    void delete(String bucket, List<S3Object> objects) {
        for (int i = 0; i < objects.size(); i += MAX_KEYS_PER_DELETION) {
            deleteBatch(bucket, objects.subList(i, Math.min(objects.size(), i + MAX_KEYS_PER_DELETION)));
        }
    }

    private void deleteBatch(String bucket, List<S3Object> objects) {
        List<ObjectIdentifier> keys = objects.stream()
                .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                .toList();
        String operation = "delete s3://" + bucket + "/" + objects.get(0).key()
                + (keys.size() > 1 ? " and " + (keys.size() - 1) + " more" : "");
        delete(operation, bucket, keys);
    }

    /** Deletes objects or versions in one call; fails with the first error of a single object. */
    void delete(String operation, String bucket, List<ObjectIdentifier> objects) {
        aws.call(operation, fault -> RETRYABLE_CODES.contains(fault.code()), DELETION_BUDGET, () -> {
            DeleteObjectsResponse response = aws.s3()
                    .deleteObjects(request -> request.bucket(bucket)
                            .delete(delete -> delete.objects(objects).quiet(true)));
            for (S3Error error : response.errors()) {
                throw AwsException.rejected("delete s3://" + bucket + "/" + error.key(), error.code(), error.message());
            }
            return response;
        });
    }
}
