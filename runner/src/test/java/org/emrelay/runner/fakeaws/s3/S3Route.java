package org.emrelay.runner.fakeaws.s3;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Request;

/** The S3 operation that a request invokes, from its method, path and query subresource. */
record S3Route(String operation, String bucket, String key) {
    /** The subresources of a bucket and the names of their operations. */
    static final Map<String, String> SETTINGS = settings();

    private static final List<String> UNSUPPORTED_SUBRESOURCES = List.of(
            "acl",
            "cors",
            "website",
            "logging",
            "notification",
            "replication",
            "requestPayment",
            "accelerate",
            "analytics",
            "inventory",
            "metrics",
            "intelligent-tiering",
            "object-lock",
            "policyStatus",
            "torrent",
            "retention",
            "legal-hold",
            "restore",
            "select",
            "attributes",
            "session");

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("policy", "BucketPolicy");
        settings.put("publicAccessBlock", "PublicAccessBlock");
        settings.put("encryption", "BucketEncryption");
        settings.put("lifecycle", "BucketLifecycleConfiguration");
        settings.put("tagging", "BucketTagging");
        settings.put("versioning", "BucketVersioning");
        settings.put("ownershipControls", "BucketOwnershipControls");
        return settings;
    }

    static S3Route of(Request request) {
        String path = request.path().substring(1);
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        return new S3Route(operation(request, bucket, key), bucket, key);
    }

    String resource() {
        return key.isEmpty() ? bucket : bucket + "/" + key;
    }

    private static String operation(Request request, String bucket, String key) {
        Map<String, String> query = request.query();
        for (String name : UNSUPPORTED_SUBRESOURCES) {
            if (query.containsKey(name)) {
                return request.method() + " ?" + name;
            }
        }
        if (bucket.isEmpty()) {
            return request.method().equals("GET") ? "ListBuckets" : request.method() + " /";
        }
        return key.isEmpty() ? bucketOperation(request.method(), query) : objectOperation(request, query);
    }

    private static String bucketOperation(String method, Map<String, String> query) {
        for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
            if (query.containsKey(setting.getKey())) {
                return settingOperation(method, setting.getValue());
            }
        }
        return switch (method) {
            case "PUT" -> "CreateBucket";
            case "HEAD" -> "HeadBucket";
            case "DELETE" -> "DeleteBucket";
            case "POST" -> query.containsKey("delete") ? "DeleteObjects" : "POST bucket";
            default -> readOperation(query);
        };
    }

    private static String readOperation(Map<String, String> query) {
        if (query.containsKey("location")) {
            return "GetBucketLocation";
        } else if (query.containsKey("versions")) {
            return "ListObjectVersions";
        } else if (query.containsKey("uploads")) {
            return "ListMultipartUploads";
        }
        return query.containsKey("list-type") ? "ListObjectsV2" : "ListObjects";
    }

    private static String settingOperation(String method, String name) {
        return switch (method) {
            case "PUT" -> "Put" + name;
            case "DELETE" -> "Delete" + name.replace("LifecycleConfiguration", "Lifecycle");
            default -> "Get" + name;
        };
    }

    private static String objectOperation(Request request, Map<String, String> query) {
        boolean upload = query.containsKey("uploadId");
        return switch (request.method()) {
            case "PUT" ->
                upload ? "UploadPart" : request.header("x-amz-copy-source") != null ? "CopyObject" : "PutObject";
            case "POST" -> upload ? "CompleteMultipartUpload" : "CreateMultipartUpload";
            case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
            case "HEAD" -> "HeadObject";
            default -> upload ? "ListParts" : query.containsKey("tagging") ? "GetObjectTagging" : "GetObject";
        };
    }
}
