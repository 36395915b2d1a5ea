namespace Webhooks.Core.Http.Bodies;

/// <summary>A field of a PATCH: absent leaves what is there, null clears it.</summary>
internal readonly record struct Optional<T>(bool IsSet, T Value)
{
    /// <summary>The value to store: the new one when the field was sent.</summary>
    public T Or(T current) => IsSet ? Value : current;
}
