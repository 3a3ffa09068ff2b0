namespace AcodeOps.Secrets.Rotating;

/// <summary>What a partner is asked, in English and Portuguese: words and statements, no secret. The password is the partner's to make.</summary>
internal static class PartnerRequest
{
    /// <summary>The request.</summary>
    /// <param name="server">The server's name.</param>
    /// <param name="user">The user that ACODE logs in as.</param>
    public static string Text(string server, string user)
    {
        string account = $"'{user.Replace("'", "''", StringComparison.Ordinal)}'@'<host>'";
        string first = $"ALTER USER {account} IDENTIFIED BY '<new password>' RETAIN CURRENT PASSWORD;";
        string last = $"ALTER USER {account} DISCARD OLD PASSWORD;";
        return $"""
            --- Request: a new password for '{user}' on {server} ---
            Please give the account a new password and keep the present one valid until we confirm (MySQL 8.0.14 or later):
              1.  {first}
              2.  Hand us the new password on a protected way (a password manager, a sealed link), never by mail or chat.
              3.  When we have confirmed that every load works with it:  {last}
            On MariaDB, or an older MySQL, please make a second user with the same rights, and lock the present one when we have confirmed.

            --- Pedido: nova senha para '{user}' em {server} ---
            Por favor, criem uma nova senha para a conta e mantenham a atual válida até a nossa confirmação (MySQL 8.0.14 ou superior):
              1.  {first.Replace("<new password>", "<nova senha>", StringComparison.Ordinal)}
              2.  Enviem a nova senha por um meio protegido (gerenciador de senhas, link selado), nunca por e-mail ou chat.
              3.  Quando confirmarmos que todas as cargas funcionam com ela:  {last}
            Em MariaDB, ou em um MySQL mais antigo, criem um segundo usuário com os mesmos direitos e bloqueiem o atual depois da nossa confirmação.
            """;
    }
}
