output "cluster_id" {
  description = "The ID of the cluster."
  value       = aws_emr_cluster.this.id
}

output "output_uris" {
  description = "Where the steps write, by the names of the steps."
  value = {
    titles = "s3://${var.bucket}/output/word-clouds/${var.run_id}/titles"
    words  = "s3://${var.bucket}/output/word-clouds/${var.run_id}/words"
    counts = "s3://${var.bucket}/output/word-clouds/${var.run_id}/counts"
    clouds = "s3://${var.bucket}/output/word-clouds/${var.run_id}/clouds"
  }
}
