package org.emrelay.runner.fakeaws.s3;

import java.util.ArrayList;
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

/** Creates, fills, lists, completes and aborts multipart uploads. */
final class MultipartOperations {
    private static final int MIN_PART_SIZE = 5 << 20;

    private final S3State s3;

    MultipartOperations(S3State s3) {
        this.s3 = s3;
    }

    void addTo(Map<String, S3Operation> operations) {
        operations.put("CreateMultipartUpload", this::create);
        operations.put("UploadPart", this::uploadPart);
        operations.put("ListParts", this::listParts);
        operations.put("CompleteMultipartUpload", this::complete);
        operations.put("AbortMultipartUpload", this::abort);
    }

    private Response create(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        String id = s3.ids.opaqueId();
        bucket.uploads.put(
                id,
                new InProgressUpload(
                        id,
                        route.key(),
                        s3.clock.instant(),
                        ObjectOperations.storedHeaders(request),
                        request.header("x-amz-checksum-algorithm")));
        Fields fields = Fields.of("Bucket", bucket.name).and("Key", route.key()).and("UploadId", id);
        return Response.xml(200, XmlWriter.flat("InitiateMultipartUploadResult", BucketOperations.NAMESPACE, fields));
    }

    private InProgressUpload upload(S3Route route, Request request) {
        InProgressUpload upload =
                s3.bucket(route.bucket()).uploads.get(request.query().getOrDefault("uploadId", ""));
        if (upload == null || !upload.key.equals(route.key())) {
            throw new AwsError(
                    404,
                    "NoSuchUpload",
                    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been"
                            + " aborted or completed.");
        }
        return upload;
    }

    private Response uploadPart(S3Route route, Request request) {
        int number = Integer.parseInt(request.query().getOrDefault("partNumber", "0"));
        if (number < 1 || number > 10_000) {
            throw new AwsError(400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
        }
        InProgressUpload upload = upload(route, request);
        ObjectChecksum.verifyPart(upload, request);
        upload.parts.put(number, request.body());
        return Response.empty(200).with("ETag", '"' + StoredObject.md5(request.body()) + '"');
    }

    private Response listParts(S3Route route, Request request) {
        InProgressUpload upload = upload(route, request);
        List<Fields> parts = upload.parts.entrySet().stream()
                .map(part -> Fields.of("PartNumber", part.getKey())
                        .and("ETag", '"' + StoredObject.md5(part.getValue()) + '"')
                        .and("Size", part.getValue().length)
                        .and("LastModified", upload.initiatedAt))
                .toList();
        Fields fields = Fields.of("Bucket", route.bucket())
                .and("Key", route.key())
                .and("UploadId", upload.id)
                .and("IsTruncated", false)
                .and("Part", parts);
        return Response.xml(200, XmlWriter.flat("ListPartsResult", BucketOperations.NAMESPACE, fields));
    }

    private static Map<String, String> headers(InProgressUpload upload, List<byte[]> parts) {
        Map<String, String> headers = new LinkedHashMap<>(upload.headers);
        if ("SHA256".equals(upload.checksumAlgorithm)) {
            headers.put(ObjectChecksum.HEADER, ObjectChecksum.ofParts(parts));
        }
        return headers;
    }

    private Response complete(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        InProgressUpload upload = upload(route, request);
        ObjectOperations.checkIfNoneMatch(bucket, route.key(), request);
        List<Tree> parts =
                XmlTrees.read(request.body(), "CompleteMultipartUpload").trees("Part");
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = upload.parts.get(parts.get(i).number("PartNumber", 0));
            String etag = parts.get(i).text("ETag", "").replace("\"", "");
            if (part == null || !etag.equals(StoredObject.md5(part))) {
                throw invalidPart();
            }
            ObjectChecksum.verifyCompletedPart(upload, parts.get(i), part);
            if (i + 1 < parts.size() && part.length < MIN_PART_SIZE) {
                throw new AwsError(
                        400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
            }
            contents.add(part);
        }
        StoredObject object = StoredObject.ofParts(
                        route.key(), s3.nextVersion(bucket), s3.clock.instant(), contents, headers(upload, contents))
                .in(bucket);
        bucket.put(object);
        bucket.uploads.remove(upload.id);
        Fields fields = Fields.of("Location", "http://s3.amazonaws.com/" + route.resource())
                .and("Bucket", bucket.name)
                .and("Key", route.key())
                .and("ETag", object.quotedEtag());
        return Response.xml(200, XmlWriter.flat("CompleteMultipartUploadResult", BucketOperations.NAMESPACE, fields));
    }

    static AwsError invalidPart() {
        return new AwsError(
                400,
                "InvalidPart",
                "One or more of the specified parts could not be found.  The part may not have been uploaded,"
                        + " or the specified entity tag may not match the part's entity tag.");
    }

    private Response abort(S3Route route, Request request) {
        s3.bucket(route.bucket()).uploads.remove(upload(route, request).id);
        return Response.empty(204);
    }
}
