package org.emrelay.runner.fakeaws.s3;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Response;
import org.emrelay.runner.fakeaws.wire.XmlTrees;
import org.emrelay.runner.fakeaws.wire.XmlWriter;

/** Creates, lists, describes and deletes buckets. */
final class BucketOperations {
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final Pattern NAME = Pattern.compile("(?!xn--)[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9](?<!-s3alias)");

    private final S3State s3;

    BucketOperations(S3State s3) {
        this.s3 = s3;
    }

    void addTo(Map<String, S3Operation> operations) {
        operations.put("ListBuckets", (route, request) -> list());
        operations.put("CreateBucket", this::create);
        operations.put("HeadBucket", this::headBucket);
        operations.put("GetBucketLocation", this::getLocation);
        operations.put("DeleteBucket", this::delete);
    }

    private Response list() {
        List<Fields> buckets = s3.buckets.values().stream()
                .map(bucket -> Fields.of("Name", bucket.name).and("CreationDate", bucket.createdAt))
                .toList();
        Fields fields =
                Fields.of("Owner", Fields.of("ID", "0123456789abcdef")).and("Buckets", Fields.of("Bucket", buckets));
        return Response.xml(200, XmlWriter.flat("ListAllMyBucketsResult", NAMESPACE, fields));
    }

    private Response create(S3Route route, Request request) {
        String name = route.bucket();
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new AwsError(
                    400, "InvalidBucketName", "The specified bucket is not valid.", Map.of("BucketName", name));
        }
        String region = region(request);
        if (s3.foreignNames.contains(name)) {
            throw new AwsError(
                    409,
                    "BucketAlreadyExists",
                    "The requested bucket name is not available. The bucket namespace is shared by all users of the"
                            + " system. Please select a different name and try again.",
                    Map.of("BucketName", name));
        }
        if (s3.buckets.containsKey(name)) {
            // Only in us-east-1, creating a bucket that the caller already owns succeeds.
            if (!region.equals("us-east-1")) {
                throw new AwsError(
                        409,
                        "BucketAlreadyOwnedByYou",
                        "Your previous request to create the named bucket succeeded and you already own it.",
                        Map.of("BucketName", name));
            }
        } else {
            s3.addBucket(name, region);
        }
        return Response.empty(200).with("Location", "/" + name);
    }

    private static String region(Request request) {
        String endpoint = request.signedRegion();
        String constraint = request.body().length == 0
                ? ""
                : XmlTrees.read(request.body(), "CreateBucketConfiguration").text("LocationConstraint", "");
        if (endpoint.equals("us-east-1")) {
            if (constraint.equals("us-east-1")) {
                throw new AwsError(400, "InvalidLocationConstraint", "The specified location-constraint is not valid");
            }
            return constraint.isEmpty() ? endpoint : constraint;
        }
        if (!constraint.equals(endpoint)) {
            throw new AwsError(
                    400,
                    "IllegalLocationConstraintException",
                    "The " + (constraint.isEmpty() ? "unspecified" : constraint)
                            + " location constraint is incompatible for the region specific endpoint this request was"
                            + " sent to.");
        }
        return constraint;
    }

    private Response headBucket(S3Route route, Request request) {
        return Response.empty(200).with("x-amz-bucket-region", s3.bucket(route.bucket()).region);
    }

    private Response getLocation(S3Route route, Request request) {
        String region = s3.bucket(route.bucket()).region;
        String text = region.equals("us-east-1") ? "" : region;
        return Response.xml(
                200,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint xmlns=\"" + NAMESPACE + "\">" + text
                        + "</LocationConstraint>");
    }

    private Response delete(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        if (!bucket.versions.isEmpty()) {
            String versions = bucket.objects().isEmpty() ? " You must delete all versions in the bucket." : "";
            throw new AwsError(
                    409,
                    "BucketNotEmpty",
                    "The bucket you tried to delete is not empty." + versions,
                    Map.of("BucketName", bucket.name));
        }
        s3.buckets.remove(bucket.name);
        return Response.empty(204);
    }
}
