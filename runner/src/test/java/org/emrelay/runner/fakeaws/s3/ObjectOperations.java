package org.emrelay.runner.fakeaws.s3;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Response;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.emrelay.runner.fakeaws.wire.XmlTrees;
import org.emrelay.runner.fakeaws.wire.XmlWriter;
import org.jspecify.annotations.Nullable;

/** Puts, gets and deletes objects, with versions in versioned buckets. */
final class ObjectOperations {
    private static final int MAX_DELETED_PER_CALL = 1000;

    private final S3State s3;

    ObjectOperations(S3State s3) {
        this.s3 = s3;
    }

    void addTo(Map<String, S3Operation> operations) {
        operations.put("PutObject", this::put);
        operations.put("GetObject", (route, request) -> read(route, request, true));
        operations.put("HeadObject", (route, request) -> read(route, request, false));
        operations.put("DeleteObject", this::delete);
        operations.put("DeleteObjects", this::deleteMany);
    }

    private Response put(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        checkIfNoneMatch(bucket, route.key(), request);
        checkIfMatch(bucket, route.key(), request);
        ObjectChecksum.verify(request);
        StoredObject object = StoredObject.of(
                        route.key(), s3.nextVersion(bucket), s3.clock.instant(), request.body(), storedHeaders(request))
                .in(bucket);
        bucket.put(object);
        Response response = Response.empty(200)
                .with("ETag", object.quotedEtag())
                .with("x-amz-server-side-encryption", bucket.isKmsEncrypted() ? "aws:kms" : "AES256");
        return bucket.isVersioned() ? response.with("x-amz-version-id", object.version) : response;
    }

    static void checkIfNoneMatch(Bucket bucket, String key, Request request) {
        if ("*".equals(request.header("if-none-match")) && bucket.current(key).isPresent()) {
            throw preconditionFailed("If-None-Match");
        }
    }

    /** For a key that does not exist, S3 answers If-Match with NoSuchKey instead of PreconditionFailed. */
    private static void checkIfMatch(Bucket bucket, String key, Request request) {
        String etag = request.header("if-match");
        if (etag == null) {
            return;
        }
        StoredObject current = bucket.current(key)
                .orElseThrow(
                        () -> new AwsError(404, "NoSuchKey", "The specified key does not exist.", Map.of("Key", key)));
        if (!current.hasEtag(etag)) {
            throw preconditionFailed("If-Match");
        }
    }

    static AwsError preconditionFailed(String condition) {
        return new AwsError(
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold",
                Map.of("Condition", condition));
    }

    static Map<String, String> storedHeaders(Request request) {
        Map<String, String> stored = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            boolean checksum = name.startsWith("x-amz-checksum-")
                    && !name.equals("x-amz-checksum-mode")
                    && !name.equals("x-amz-checksum-algorithm")
                    && !name.equals("x-amz-checksum-type");
            if (name.startsWith("x-amz-meta-") || name.equals("content-type") || checksum) {
                stored.put(name, value);
            }
        });
        return stored;
    }

    private Response read(S3Route route, Request request, boolean withContent) {
        StoredObject object = requestedObject(route, request);
        if (object.quotedEtag().equals(request.header("if-none-match"))) {
            return Response.empty(304).with("ETag", object.quotedEtag());
        }
        String etag = request.header("if-match");
        if (etag != null && !object.hasEtag(etag)) {
            throw preconditionFailed("If-Match");
        }
        String range = request.header("range");
        int from = 0;
        int to = object.content.length;
        if (range != null) {
            int[] bounds = bounds(range, object.content.length);
            from = bounds[0];
            to = bounds[1];
        }
        byte[] content = Arrays.copyOfRange(object.content, from, to);
        Response response = withContent
                ? Response.bytes(range == null ? 200 : 206, content)
                : Response.empty(range == null ? 200 : 206).with("Content-Length", String.valueOf(content.length));
        if (range != null) {
            response = response.with("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + object.content.length);
        }
        return withObjectHeaders(
                response, object, range == null && "ENABLED".equals(request.header("x-amz-checksum-mode")));
    }

    private static Response withObjectHeaders(Response plain, StoredObject object, boolean withChecksums) {
        Response response = plain.with("ETag", object.quotedEtag())
                .with("Accept-Ranges", "bytes")
                .with("x-amz-server-side-encryption", object.isKmsEncrypted ? "aws:kms" : "AES256")
                .with(
                        "Last-Modified",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(object.lastModified.atOffset(ZoneOffset.UTC)));
        for (Map.Entry<String, String> header : object.headers.entrySet()) {
            if (withChecksums || !header.getKey().startsWith("x-amz-checksum-")) {
                response = response.with(header.getKey(), header.getValue());
            }
        }
        String checksum = object.headers.get(ObjectChecksum.HEADER);
        if (withChecksums && checksum != null) {
            response = response.with("x-amz-checksum-type", ObjectChecksum.typeOf(checksum));
        }
        return object.version.equals("null") ? response : response.with("x-amz-version-id", object.version);
    }

    /** Parses {@code bytes=2-5}, {@code bytes=2-} and {@code bytes=-5}. The second bound is exclusive. */
    private static int[] bounds(String range, int length) {
        String[] parts = range.replace("bytes=", "").split("-", 2);
        int from = parts[0].isEmpty() ? Math.max(0, length - Integer.parseInt(parts[1])) : Integer.parseInt(parts[0]);
        int last = parts[0].isEmpty() || parts[1].isEmpty() ? length - 1 : Integer.parseInt(parts[1]);
        if (from >= length) {
            throw new AwsError(416, "InvalidRange", "The requested range is not satisfiable");
        }
        return new int[] {from, Math.min(length, last + 1)};
    }

    private StoredObject requestedObject(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        String version = request.query().get("versionId");
        if (version == null) {
            return bucket.current(route.key())
                    .orElseThrow(() -> new AwsError(
                            404, "NoSuchKey", "The specified key does not exist.", Map.of("Key", route.key())));
        }
        return bucket.versions.getOrDefault(route.key(), List.of()).stream()
                .filter(each -> each.version.equals(version) && !each.deleteMarker)
                .findFirst()
                .orElseThrow(() -> new AwsError(
                        404, "NoSuchVersion", "The specified version does not exist.", Map.of("Key", route.key())));
    }

    private Response delete(S3Route route, Request request) {
        Fields deleted =
                remove(s3.bucket(route.bucket()), route.key(), request.query().get("versionId"));
        Response response = Response.empty(204);
        return deleted.containsKey("DeleteMarker") ? response.with("x-amz-delete-marker", "true") : response;
    }

    /** Deletes idempotently. Without a version id, a versioned bucket only adds a delete marker. */
    private Fields remove(Bucket bucket, String key, @Nullable String version) {
        Fields deleted = Fields.of("Key", key).and("VersionId", version);
        if (version != null) {
            bucket.removeVersion(key, version);
        } else if (bucket.isVersioned()) {
            StoredObject marker = StoredObject.deleteMarker(key, s3.nextVersion(bucket), s3.clock.instant());
            bucket.put(marker);
            deleted.and("DeleteMarker", true).and("DeleteMarkerVersionId", marker.version);
        } else {
            bucket.removeVersion(key, "null");
        }
        return deleted;
    }

    private Response deleteMany(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        Tree delete = XmlTrees.read(request.body(), "Delete");
        List<Tree> objects = delete.trees("Object");
        if (objects.isEmpty() || objects.size() > MAX_DELETED_PER_CALL) {
            throw new AwsError(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        List<Fields> deleted = new ArrayList<>();
        for (Tree object : objects) {
            deleted.add(remove(bucket, object.text("Key", ""), object.text("VersionId")));
        }
        Fields fields = delete.isTrue("Quiet") ? Fields.none() : Fields.of("Deleted", deleted);
        return Response.xml(200, XmlWriter.flat("DeleteResult", BucketOperations.NAMESPACE, fields));
    }
}
