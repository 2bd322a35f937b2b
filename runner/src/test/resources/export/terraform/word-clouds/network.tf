resource "aws_security_group" "primary" {
  name        = "${var.name}-primary"
  description = "Emrelay cluster word-clouds: primary node"
  vpc_id      = var.vpc_id
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "word-clouds"
    project             = "emrelay"
  }

  # EMR adds rules by which the groups refer to one another.
  revoke_rules_on_delete = true
}

resource "aws_security_group" "core" {
  name        = "${var.name}-core"
  description = "Emrelay cluster word-clouds: core and task nodes"
  vpc_id      = var.vpc_id
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "word-clouds"
    project             = "emrelay"
  }

  # EMR adds rules by which the groups refer to one another.
  revoke_rules_on_delete = true
}

resource "aws_vpc_security_group_egress_rule" "primary" {
  description       = "The nodes to S3 and other services"
  security_group_id = aws_security_group.primary.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_egress_rule" "core" {
  description       = "The nodes to S3 and other services"
  security_group_id = aws_security_group.core.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
