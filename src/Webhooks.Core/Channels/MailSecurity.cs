namespace Webhooks.Core.Channels;

/// <summary>How the connection to a mail server is secured.</summary>
internal enum MailSecurity
{
    /// <summary>It begins in the clear and must turn to TLS before anything is said (RFC 3207).</summary>
    StartTls = 1,

    /// <summary>TLS from the first byte (RFC 8314, section 3.3).</summary>
    Tls = 2,

    /// <summary>Not at all.</summary>
    None = 3,
}
