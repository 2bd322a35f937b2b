package org.emrelay.runner.fakeaws.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.PercentEncoding;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Response;
import org.emrelay.runner.fakeaws.wire.XmlWriter;

/** Copies objects: how S3A renames files. */
final class CopyOperation implements S3Operation {
    private final S3State s3;

    CopyOperation(S3State s3) {
        this.s3 = s3;
    }

    @Override
    public Response execute(S3Route route, Request request) {
        StoredObject source = source(request);
        String etag = request.header("x-amz-copy-source-if-match");
        if (etag != null && !source.hasEtag(etag)) {
            throw ObjectOperations.preconditionFailed("x-amz-copy-source-If-Match");
        }
        Bucket bucket = s3.bucket(route.bucket());
        boolean replacesMetadata = "REPLACE".equals(request.header("x-amz-metadata-directive"));
        StoredObject copy = StoredObject.of(
                        route.key(),
                        s3.nextVersion(bucket),
                        s3.clock.instant(),
                        source.content,
                        headers(source, replacesMetadata ? ObjectOperations.storedHeaders(request) : source.headers))
                .in(bucket);
        bucket.put(copy);
        Fields fields = Fields.of("ETag", copy.quotedEtag()).and("LastModified", copy.lastModified);
        return Response.xml(200, XmlWriter.flat("CopyObjectResult", BucketOperations.NAMESPACE, fields));
    }

    /** S3 computes the checksum of the copy, which has no parts, with the algorithm of the source. */
    private static Map<String, String> headers(StoredObject source, Map<String, String> chosen) {
        Map<String, String> headers = new LinkedHashMap<>(chosen);
        if (source.headers.containsKey(ObjectChecksum.HEADER)) {
            headers.put(ObjectChecksum.HEADER, ObjectChecksum.of(source.content));
        }
        return headers;
    }

    private StoredObject source(Request request) {
        String source = PercentEncoding.decode(
                Objects.requireNonNull(request.header("x-amz-copy-source")).replaceFirst("^/", ""));
        int slash = source.indexOf('/');
        String key = source.substring(slash + 1);
        return s3.bucket(source.substring(0, slash))
                .current(key)
                .orElseThrow(
                        () -> new AwsError(404, "NoSuchKey", "The specified key does not exist.", Map.of("Key", key)));
    }
}
